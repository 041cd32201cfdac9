import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type ChangeElement, keyOf } from '../../../../src/model/elements.ts';
import { UserError } from '../../../../src/model/errors.ts';
import type { PathChange } from '../../../../src/model/files/changes.ts';
import { createChangeRows } from '../../../../src/views/files/changeTree.ts';
import type { RowChange } from '../../../../src/views/types.ts';
import { fakeApp } from '../fakeApp.ts';

const root = { type: 'changes', container: 'c1' } as const;

function world(paths: PathChange[] | Error) {
  const fake = fakeApp();
  fake.paths.set('c1', paths);
  const rows = createChangeRows(fake.app);
  const seen: RowChange[] = [];
  rows.onChange((keys) => seen.push(keys));
  return { fake, rows, seen };
}

describe('rows of changed files', () => {
  it('tell what was added, changed and deleted by icon, colour and words', async () => {
    const { rows } = world([
      { path: '/etc', kind: 'changed' },
      { path: '/etc/hosts', kind: 'changed' },
      { path: '/etc/group', kind: 'deleted' },
      { path: '/srv', kind: 'changed' },
      { path: '/srv/app', kind: 'added' },
      { path: '/srv/app/x', kind: 'added' },
    ]);
    const top = (await rows.children(root)) as ChangeElement[];
    const [etc, srv] = top;
    assert.ok(etc && srv);
    const inside = [...(await rows.children(etc)), ...(await rows.children(srv))] as ChangeElement[];
    const brief = (element: ChangeElement) => {
      const { label, description, icon, colour, kind, expand, opens, spoken } = rows.row(element);
      return [label, description, icon?.name, colour?.split('.')[1], kind, expand ?? opens, spoken];
    };
    assert.deepEqual([...top, ...inside].map(brief), [
      ['etc', undefined, 'symbol-folder', undefined, 'change.folder', 'collapsed', 'Folder etc'],
      ...[
        [
          'srv/app',
          'added',
          'symbol-folder',
          'addedResourceForeground',
          'change.folder',
          'collapsed',
          'Folder srv/app, added',
        ],
      ],
      ...[['group', 'deleted', 'diff-removed', 'deletedResourceForeground', 'change.deleted', 'compareWithImage']].map(
        (cells) => [...cells, 'File group, deleted'],
      ),
      [
        'hosts',
        'changed',
        'diff-modified',
        'modifiedResourceForeground',
        'change.changed',
        'openFile',
        'File hosts, changed',
      ],
      ['x', 'added', 'diff-added', 'addedResourceForeground', 'change.added', 'openFile', 'File x, added'],
    ]);
    assert.deepEqual(
      inside.map((each) => keyOf(rows.parent(each))),
      ['change/c1/etc', 'change/c1/etc', 'change/c1/srv/app'],
    );
    assert.deepEqual(
      top.map((each) => keyOf(rows.parent(each))),
      ['changes/c1', 'changes/c1'],
    );
    assert.equal(rows.row(root).description, '1 added · 1 changed · 1 deleted');
  });

  it('say how many there are once that is known, and draw their row again for nothing else', async () => {
    const { rows, seen, fake } = world([{ path: '/x', kind: 'added' }]);
    assert.equal(rows.row(root).description, undefined);
    await rows.children(root);
    await Promise.resolve();
    assert.deepEqual(seen.splice(0), [['changes/c1']]);
    assert.equal(rows.row(root).description, '1 added');
    await rows.children(root);
    await Promise.resolve();
    assert.deepEqual(seen, []);
    rows.collapsed(root);
    assert.deepEqual(seen, [['changes/c1']]);
    assert.equal(rows.row(root).description, '1 added');
    assert.equal(fake.app.changes.peek('c1'), undefined);
  });

  it('say that there are none, why there are none, and that there are too many', async () => {
    const [none] = await world([]).rows.children(root);
    assert.match(none?.type === 'message' ? none.text : '', /as in the image/);
    const [failed] = await world(new UserError('x', 'No way.')).rows.children(root);
    assert.deepEqual(failed, { type: 'message', under: 'changes/c1', text: 'No way.', failed: true });
    const many = Array.from({ length: 12_000 }, (_, index): PathChange => ({ path: `/f${index}`, kind: 'added' }));
    const started = performance.now();
    const cut = await world(many).rows.children(root);
    assert.ok(performance.now() - started < 1000);
    assert.equal(cut.length, 5001);
    assert.deepEqual(cut.at(-1), {
      ...{ type: 'message', under: 'change/c1/', text: '5000 of 12000 files are shown.', failed: false },
    });
  });

  it('draw hostile names inert', async () => {
    const { rows } = world([{ path: '/\u001b[31m\u202egpj.<b>\n$(sync)', kind: 'added' }]);
    const [row] = (await rows.children(root)) as ChangeElement[];
    assert.ok(row);
    assert.equal(rows.row(row).label, 'gpj.<b> $(sync)');
    assert.doesNotMatch(rows.tooltip(row), /(?<!\\)\]\(|<b>|\u202e/);
  });
});
