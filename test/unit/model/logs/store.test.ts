// Lines in memory: what is kept, dropped and found of them.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { LogLine } from '../../../../src/model/logs/lines.ts';
import { createLogList, everything } from '../../../../src/model/logs/list.ts';
import { readLogWish } from '../../../../src/model/logs/messages.ts';
import { createLogStore } from '../../../../src/model/logs/store.ts';

const stamp = '2026-11-21T10:00:00.123456789Z';

describe('log store', () => {
  const line = (text: string, more: Partial<LogLine> = {}): LogLine => ({
    source: 0,
    stamp,
    text,
    level: 'none',
    cut: 0,
    ...more,
  });

  it('gives back what was put in, from full pages and the last', () => {
    const store = createLogStore({ lines: 100_000, characters: 1e9 });
    const lines = Array.from({ length: 2500 }, (_, index) =>
      line(`line ${index}`, {
        source: index % 3,
        stamp: `${stamp}${index}`,
        cut: index % 5 === 0 ? 7 : 0,
        ...(index % 4 === 0 && { colored: `\u001b[1m${index}` }),
        level: index % 2 === 0 ? 'error' : 'none',
      }),
    );
    for (const each of lines) {
      store.push(each);
    }
    for (const [index, each] of lines.entries()) {
      assert.deepEqual(store.get(index), each);
    }
  });

  it('drops the oldest lines, and says how many', () => {
    const store = createLogStore({ lines: 2000, characters: 1e9 });
    for (let index = 0; index < 10_000; index += 1) {
      store.push(line(`line ${index}`));
    }
    assert.equal(store.end, 10_000);
    assert.ok(store.end - store.first <= 2000 && store.end - store.first >= 1000);
    assert.equal(store.get(store.first - 1), undefined);
    assert.equal(store.get(store.first)?.text, `line ${store.first}`);
  });

  it('stays within its characters', () => {
    const store = createLogStore({ lines: 1e9, characters: 1_000_000 });
    for (let index = 0; index < 5000; index += 1) {
      store.push(line('x'.repeat(1000)));
    }
    assert.ok(store.end - store.first <= 1000 + 1000);
  });

  it('agrees with a plain filter, whatever comes in between', () => {
    const store = createLogStore({ lines: 3000, characters: 1e9 });
    const list = createLogList(store);
    const filter = { ...everything, text: 'B7', only: true, level: 'warning' as const, hidden: [1] };
    list.setFilter(filter);
    for (let index = 0; index < 9000; index += 1) {
      store.push(
        line(`a${index % 11} b${index % 13} c`, {
          source: index % 3,
          level: (['none', 'error', 'warning', 'info'] as const)[index % 4] ?? 'none',
        }),
      );
      if (index % 700 === 0) {
        list.update();
      }
    }
    list.update();
    const expected: number[] = [];
    for (let number = store.first; number < store.end; number += 1) {
      const each = store.get(number);
      if (each?.text.includes('b7') && each.source !== 1 && /error|warning/.test(each.level)) {
        expected.push(number);
      }
    }
    const rows: number[] = [];
    for (let row = list.first; row < list.end; row += 1) {
      rows.push(list.lineOf(row));
    }
    assert.deepEqual(rows, expected);
    assert.equal(list.hits, expected.length);
    // Rows keep their numbers when others are dropped.
    assert.equal(list.rowOf(expected[5] ?? 0), list.first + 5);
  });

  it('goes from hit to hit, round the end, in both directions', () => {
    const store = createLogStore({ lines: 1e6, characters: 1e9 });
    const list = createLogList(store);
    for (const text of ['x', 'hit', 'x', 'hit', 'x']) {
      store.push(line(text));
    }
    list.setFilter({ ...everything, text: 'HIT' });
    assert.equal(list.end - list.first, 5);
    assert.deepEqual(
      [0, 1, 3, 4].map((row) => list.nextHit(row, false)),
      [1, 3, 1, 1],
    );
    assert.deepEqual(
      [4, 3, 1, 0].map((row) => list.nextHit(row, true)),
      [3, 1, 3, 3],
    );
    assert.equal(list.hitsUpTo(3), 2);
    list.setFilter({ ...everything, text: 'HIT', exact: true });
    assert.equal(list.nextHit(0, false), undefined);
  });

  it('takes from the page only what makes sense', () => {
    assert.equal(readLogWish({ type: 'format disk' }), undefined);
    assert.deepEqual(readLogWish({ type: 'rows', from: -5, count: 1e9 }), { type: 'rows', from: 0, count: 2000 });
    assert.equal(readLogWish({ type: 'range', range: 'for ever' }), undefined);
    assert.deepEqual(readLogWish({ type: 'filter', filter: { text: 5, hidden: ['x', 1] }, top: 'no' }), {
      type: 'filter',
      filter: { ...everything, hidden: [1] },
      top: 0,
    });
  });
});
