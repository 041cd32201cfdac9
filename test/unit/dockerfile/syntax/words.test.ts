// Words and properties of logical lines.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { blankWords, properties } from '../../../../src/dockerfile/syntax/words.ts';

function slices(text: string, spans: readonly ({ start: number; end: number } | undefined)[]): (string | undefined)[] {
  return spans.map((span) => span && text.slice(span.start, span.end));
}

describe('dockerfile: words', () => {
  it('properties come in the new and in the old form', () => {
    const line = 'A=1 "b c"="d e" f=\\ g';
    const read = properties(line, { start: 0, end: line.length }, '\\', true);
    assert.deepEqual(
      slices(
        line,
        read.flatMap(({ key, value }) => [key, value]),
      ),
      ['A', '1', '"b c"', '"d e"', 'f', '\\ g'],
    );
    const old = 'A b c=d';
    const [first] = properties(old, { start: 0, end: old.length }, '\\', true);
    assert.deepEqual(slices(old, [first?.key, first?.value]), ['A', 'b c=d']);
  });

  for (const [line, expected] of [
    ['A\\ B c', ['A\\', 'B c']],
    ['"A B" c', ['"A', 'B" c']],
    ['A\t\t b', ['A', 'b']],
    ['A\\ B', ['A\\', 'B']],
    ['A', ['A', undefined]],
    ['A\\ B=c', ['A\\ B', 'c']],
    ['"A B"=c', ['"A B"', 'c']],
  ] as const) {
    it(`the key and the value of ENV ${JSON.stringify(line)}`, () => {
      const [property] = properties(line, { start: 0, end: line.length }, '\\', true);
      assert.deepEqual(slices(line, [property?.key, property?.value]), expected);
    });
  }

  it('blank words are split by white space alone', () => {
    const line = ' a\t"b c" ';
    assert.deepEqual(slices(line, blankWords(line, { start: 0, end: line.length })), ['a', '"b', 'c"']);
  });
});
