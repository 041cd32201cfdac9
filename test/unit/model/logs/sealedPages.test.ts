// A page of lines, while it is filled and when it is full.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { LogLine } from '../../../../src/model/logs/lines.ts';
import {
  addLine,
  createFinder,
  createPartsReader,
  type LineFilter,
  lineAt,
  openPage,
  sealPage,
  sizeOf,
} from '../../../../src/model/logs/sealedPages.ts';

const lines: LogLine[] = [
  { source: 0, stamp: '1', text: 'one', level: 'none', cut: 0 },
  { source: 1, stamp: '', text: '', level: 'error', cut: 0 },
  { source: 2, stamp: '3', text: 'drei 3', colored: '\u001b[1mdrei\u001b[0m 3', level: 'warning', cut: 7 },
  { source: 1, stamp: '4', text: 'Four', level: 'info', cut: 0 },
];
const everything: LineFilter = { text: '', exact: false, level: 'none', hidden: new Set() };

describe('a page of lines', () => {
  const open = openPage(500);
  for (const line of lines) {
    addLine(open, line);
  }
  const sealed = sealPage(open);

  it('gives back what was put in, while it is filled and when it is full', () => {
    const partsOf = createPartsReader();
    for (const [index, line] of lines.entries()) {
      assert.deepEqual(lineAt(open, partsOf(open), index), line);
      assert.deepEqual(lineAt(sealed, partsOf(sealed), index), line);
    }
    assert.deepEqual([sizeOf(open), sizeOf(sealed), sizeOf(openPage(0))], [13, 13, 0]);
  });

  it('is searched alike in both states', () => {
    const cases: [Partial<LineFilter>, number, number[]][] = [
      [{}, 0, [500, 501, 502, 503]],
      [{}, 502, [502, 503]],
      [{}, 504, []],
      [{ text: 'F' }, 0, [503]],
      [{ text: 'f', exact: true }, 0, []],
      [{ text: 'e\nd' }, 0, []],
      [{ level: 'warning' }, 0, [501, 502]],
      [{ hidden: new Set([1]) }, 0, [500, 502]],
      [{ text: 'e', level: 'info', hidden: new Set([0]) }, 0, [502]],
    ];
    for (const [filter, from, found] of cases) {
      for (const page of [open, sealed]) {
        assert.deepEqual(createFinder({ ...everything, ...filter })(page, from), found, JSON.stringify(filter));
      }
    }
  });
});
