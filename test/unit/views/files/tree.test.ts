import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Files } from '../../../../src/engine/types.ts';
import { UserError } from '../../../../src/model/errors.ts';
import { Emitter } from '../../../../src/model/event.ts';
import {
  type FileChange,
  type FileElement,
  type FileEntry,
  type FileOwner,
  fileKey,
} from '../../../../src/model/files/entry.ts';
import { createFileRows } from '../../../../src/views/files/tree.ts';
import type { Row } from '../../../../src/views/types.ts';
import { double } from '../../../parts/double.ts';
import { engineDouble } from '../../../parts/engine/double.ts';

const owner: FileOwner = { type: 'container', id: 'c1' };
const entry = (fields: Partial<FileEntry>): FileEntry => ({
  name: 'x',
  kind: 'file',
  size: 3,
  mode: 0o644,
  modified: Date.now(),
  ...fields,
});

function world(list: Files['list']) {
  const onChange = new Emitter<readonly FileChange[]>();
  const files = double<Files>({
    list,
    onChange: onChange.event,
    stat: async () => entry({ name: 'x', target: '/a[b](c)' }),
  });
  const engine = engineDouble({ client: { files } });
  return { rows: createFileRows({ engine }), onChange };
}

const brief = ({ label, description, kind, expand, opens }: Row) => [label, description, kind, expand, opens];

describe('rows of files', () => {
  it('shows folders, files, links and what cannot be opened', async () => {
    const { rows } = world(async () => ({
      complete: true,
      entries: [
        entry({ name: 'etc', kind: 'folder' }),
        entry({ name: 'dl', kind: 'link', leadsTo: 'folder' }),
        entry({ name: 'a.txt', size: 1500 }),
        entry({ name: 'fl', kind: 'link', leadsTo: 'file' }),
        entry({ name: 'gone', kind: 'link' }),
        entry({ name: 'null', kind: 'other' }),
        entry({ name: 'bad\ufffd', unnameable: true }),
      ],
    }));
    const root = rows.root(owner);
    assert.deepEqual(brief(rows.row(root)), ['Files', undefined, 'files', 'collapsed', undefined]);
    const children = (await rows.children(root)) as FileElement[];
    assert.deepEqual(
      children.map((child) => brief(rows.row(child))),
      [
        ['etc', undefined, 'file.folder', 'collapsed', undefined],
        ['dl', 'link', 'file.folder', 'collapsed', undefined],
        ['a.txt', '1.5 kB', 'file', undefined, 'openFile'],
        ['fl', 'link', 'file', undefined, 'openFile'],
        ['gone', 'broken link', 'file.link', undefined, 'openFile'],
        ['null', undefined, 'file.other', undefined, undefined],
        ['bad\ufffd', '3 B', 'file.other', undefined, undefined],
      ],
    );
    assert.deepEqual(children[0] && rows.parent(children[0]), root);
    assert.equal(rows.parent(root), undefined);
  });

  it('draws hostile names inert', async () => {
    const name = '\u001b[31mx\u202etxt.exe\n<b>$(sync)';
    const { rows } = world(async () => ({ complete: true, entries: [entry({ name })] }));
    const [child] = (await rows.children(rows.root(owner))) as FileElement[];
    assert.ok(child);
    assert.equal(child.path, `/${name}`);
    assert.equal(rows.row(child).label, 'xtxt.exe <b>$(sync)');
    assert.doesNotMatch((await rows.tooltip(child)) ?? '', /(?<!\\)\]\(|<b>|\u202e/);
  });

  it('says what is missing, and why nothing can be listed', async () => {
    const many = Array.from({ length: 6000 }, (_, index) => entry({ name: `f${index}` }));
    const cut = await world(async () => ({ complete: false, entries: many })).rows.children({
      type: 'file',
      owner,
      path: '/m',
      kind: 'folder',
    });
    assert.equal(cut.length, 5002);
    assert.deepEqual(
      cut.slice(-2).map(({ type }) => type),
      ['message', 'message'],
    );
    const failing = world(() => Promise.reject(new UserError('x', 'No way.')));
    const [message] = await failing.rows.children(failing.rows.root(owner));
    assert.deepEqual(message, { type: 'message', under: fileKey({ owner, path: '/' }), text: 'No way.', failed: true });
  });

  it('ends a listing when its row is closed', async () => {
    let signal: AbortSignal | undefined;
    const { rows } = world(
      (_owner, _path, options) =>
        new Promise((_resolve, reject) => {
          signal = options?.signal;
          signal?.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    );
    const root = rows.root(owner);
    const children = rows.children(root);
    await Promise.resolve();
    await Promise.resolve();
    rows.collapsed(root);
    assert.deepEqual(await children, []);
    assert.ok(signal?.aborted);
  });

  it('draws the folder of a changed file again, and leaves no listener', async () => {
    const { rows, onChange } = world(async () => ({ complete: true, entries: [] }));
    const seen: unknown[] = [];
    rows.onChange((keys) => seen.push(keys));
    await rows.children(rows.root(owner));
    onChange.fire([
      { owner, path: '/a/x', change: 'created' },
      { owner, path: '/a/y', change: 'deleted' },
    ]);
    assert.deepEqual(seen, [['file/container-c1/a']]);
    rows.dispose();
    assert.equal(onChange.size, 0);
  });
});
