// Bytes of logs into lines: splitting, stamps, levels, colours, what is cut and what is made harmless.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readStyles } from '../../../../src/model/logs/ansi.ts';
import { createLogReader, type LogLine, levelOf, maxLineLength } from '../../../../src/model/logs/lines.ts';
import { createLogList, everything } from '../../../../src/model/logs/list.ts';
import { readLogWish } from '../../../../src/model/logs/messages.ts';
import { createLogStore } from '../../../../src/model/logs/store.ts';

const stamp = '2026-11-21T10:00:00.123456789Z';

/** The lines that come out of these chunks of standard output. */
function read(...chunks: (string | Uint8Array)[]): LogLine[] {
  const lines: LogLine[] = [];
  const reader = createLogReader(0, (line) => lines.push(line));
  for (const chunk of chunks) {
    reader.push(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk, 'stdout');
  }
  reader.end();
  return lines;
}

describe('log lines', () => {
  it('are put together across chunks, also in the middle of a character', () => {
    const bytes = new TextEncoder().encode(`${stamp} 日本 é\n${stamp} two`);
    const whole = read(bytes);
    assert.deepEqual(
      whole.map(({ text, stamp: at }) => [text, at]),
      [
        ['日本 é', stamp],
        ['two', stamp],
      ],
    );
    for (let cut = 1; cut < bytes.length; cut += 1) {
      assert.deepEqual(read(bytes.subarray(0, cut), bytes.subarray(cut)), whole, `cut at ${cut}`);
    }
  });

  it('of both streams are not mixed', () => {
    const lines: string[] = [];
    const reader = createLogReader(0, ({ text }) => lines.push(text));
    const push = (text: string, stream: 'stdout' | 'stderr') => reader.push(new TextEncoder().encode(text), stream);
    push('out ', 'stdout');
    push('err\n', 'stderr');
    push('put\n', 'stdout');
    assert.deepEqual(lines, ['err', 'out put']);
  });

  it('of 50 MB are cut, and counted', () => {
    const chunk = 'x'.repeat(1_000_000);
    const lines = read(`${stamp} `, ...Array.from({ length: 50 }, () => chunk), '\nnext\n');
    assert.equal(lines.length, 2);
    const [first, second] = lines;
    assert.ok(first && first.text.length <= maxLineLength + 40 && first.text.length >= maxLineLength);
    assert.equal(first.text.length + first.cut, 50_000_000);
    assert.equal(second?.text, 'next');
  });

  it('of binary data are inert', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    for (const { text } of read(bytes)) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be left.
      assert.ok(!/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(text), JSON.stringify(text));
    }
    const [unseen] = read('a\u00adb\u3164c\u{e0041}d\u200be\n');
    assert.equal(unseen?.text, 'a\ufffdb\ufffdc\ufffdd\ufffde');
    const [line] = read('\u001b]0;title\u0007a\u001b[2Jb\u202ec\u0000d\n');
    assert.equal(line?.text, 'ab\ufffdc\u2400d');
  });

  it('show what a terminal would of a progress bar', () => {
    assert.deepEqual(
      read('10 %\r20 %\r30 %\r\n').map(({ text }) => text),
      ['30 %'],
    );
  });

  it('keep a colour that was left open for the next line', () => {
    const [first, second, third] = read('\u001b[31mred\nstill\u001b[0m\nplain\n');
    assert.deepEqual(
      [first, second].map((line) => readStyles(line?.colored ?? '').runs),
      [[{ from: 0, to: 3, style: { color: 1 } }], [{ from: 0, to: 5, style: { color: 1 } }]],
    );
    assert.equal(third?.colored, undefined);
  });

  it('have the level that they name', () => {
    const cases: [string, string][] = [
      ['level=warn msg="slow"', 'warning'],
      ['{"time":"x","severity":"ERROR","message":"m"}', 'error'],
      ['{"level":50,"msg":"pino"}', 'error'],
      ['2026-11-21 10:00:00,123 ERROR [main] boom', 'error'],
      ['2026/11/21 10:00:00 [notice] 1#1: start', 'info'],
      ['E1121 10:00:00.000000 1 main.go:1] failed', 'error'],
      ['warning: deprecated', 'warning'],
      ['[debug] x', 'debug'],
      ['0 errors, 3 warnings', 'none'],
      ['the information desk', 'none'],
    ];
    for (const [line, level] of cases) {
      assert.equal(levelOf(line), level, line);
    }
    assert.deepEqual(
      read('ERROR boom\n\tat main.js:1\nready\n').map(({ level }) => level),
      ['error', 'error', 'none'],
    );
  });
});

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
