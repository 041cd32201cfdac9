import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { FileElement, FileEntry } from '../../../../src/model/files/entry.ts';
import { elementOf, fileRow, fileTooltip, firstRows, folderRows } from '../../../../src/views/files/rows.ts';
import { messageUnder } from '../../../../src/views/messageRow.ts';

const folder: FileElement = { type: 'file', owner: { type: 'volume', name: 'data' }, path: '/etc', kind: 'folder' };
const entry = (fields: Partial<FileEntry>): FileEntry => ({
  ...{ name: 'x', kind: 'file', size: 3, mode: 0o644, modified: Date.now() },
  ...fields,
});

describe('rows of a folder', () => {
  it('are cut where there are too many, and say how many are shown', () => {
    const says = (text: string) => messageUnder(folder, text);
    const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
    assert.deepEqual(firstRows([1, 2], String, says), ['1', '2']);
    const rows = firstRows(numbers(5_001), String, says);
    assert.equal(rows.length, 5_001);
    assert.deepEqual(rows.at(-1), {
      ...{ type: 'message', under: 'file/volume-data/etc', text: '5000 of 5001 files are shown.', failed: false },
    });
  });

  it('say that there are none, and that only a part could be read', () => {
    const texts = (complete: boolean) =>
      folderRows(folder, { entries: [], complete }, () => folder).map((row) =>
        row.type === 'message' ? row.text : '',
      );
    assert.deepEqual(texts(true), ['This folder is empty.']);
    assert.match(texts(false)[0] ?? '', /^Only a part is listed/);
  });

  it('are drawn from their elements alone where their entries were forgotten', () => {
    const link = elementOf(folder, entry({ name: 'l', kind: 'link', leadsTo: 'folder' }));
    assert.deepEqual([link.path, link.kind], ['/etc/l', 'link']);
    const { description, kind, icon } = fileRow(link, undefined);
    assert.deepEqual([description, kind, icon?.name], ['broken link', 'file.link', 'file-symlink-file']);
  });

  it('tell in their tooltips what they are, inert', () => {
    const text = fileTooltip('/etc/<b>', entry({ kind: 'link', target: '/a[b](c)' }));
    assert.match(text, /Mode: .*Leads to: .*Changed: /s);
    assert.doesNotMatch(text, /(?<!\\)\]\(|<b>|Size/);
  });
});
