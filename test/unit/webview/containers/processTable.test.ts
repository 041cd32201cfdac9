// The table of processes.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ProcessFacts } from '../../../../src/model/containers/processes.ts';
import {
  columnsOf,
  countText,
  keyOf,
  orderAfter,
  readOrder,
  rowsOf,
} from '../../../../src/webview/containers/processTable.ts';

const process = (pid: number, more: Partial<ProcessFacts> = {}): ProcessFacts => ({
  pid,
  parent: 1,
  user: 'root',
  started: '10:00',
  time: '00:00:01',
  command: 'sh',
  ...more,
});

describe('the table of processes', () => {
  const rows = rowsOf({
    containers: [
      { name: 'web', processes: [process(7, { cpu: 1.25, memory: 2_000_000 })] },
      { name: 'db', processes: [process(7), process(8)] },
      { name: 'off', processes: [], problem: 'It does not run.' },
    ],
  });

  it('has a row for each process, which is another in another container', () => {
    assert.equal(rows.length, 3);
    assert.equal(new Set(rows.map(keyOf)).size, 3);
    assert.deepEqual([countText([]), countText(rows.slice(0, 1)), countText(rows)], ['', '1 process', '3 processes']);
  });

  it('names the container where there are several', () => {
    const texts = (containers: number, row = rows[0]) => row && columnsOf(containers).map(({ text }) => text(row));
    assert.deepEqual(texts(1), ['7', '1', 'root', '1.3 %', '2 MB', '10:00', '00:00:01', 'sh']);
    assert.deepEqual(texts(3), ['web', '7', '1', 'root', '1.3 %', '2 MB', '10:00', '00:00:01', 'sh']);
    assert.deepEqual(texts(1, rows[1])?.slice(3, 5), ['–', '–']);
  });

  it('is turned round by a second press on the same head; what uses most comes first', () => {
    const byPid = { column: 'pid', down: false } as const;
    assert.deepEqual(orderAfter(byPid, 'pid'), { column: 'pid', down: true });
    assert.deepEqual(orderAfter(byPid, 'user'), { column: 'user', down: false });
    assert.deepEqual(orderAfter(byPid, 'memory'), { column: 'memory', down: true });
    assert.deepEqual(orderAfter({ column: 'memory', down: true }, 'memory'), { column: 'memory', down: false });
  });

  it('keeps the order that was saved, where its column is there', () => {
    assert.deepEqual(readOrder({ column: 'cpu', down: true }, columnsOf(1)), { column: 'cpu', down: true });
    for (const saved of [undefined, null, 5, {}, { column: 'container', down: true }, { column: 'evil' }]) {
      assert.deepEqual(readOrder(saved, columnsOf(1)), { column: 'pid', down: false });
    }
  });
});
