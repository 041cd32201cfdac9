// The JSON form of commands.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseJson } from '../../../../src/dockerfile/syntax/json.ts';

describe('dockerfile: JSON', () => {
  for (const [text, expected] of [
    ['["a", "b\\"c"]', ['a', 'b"c']],
    [' [ ] ', []],
    ["['a']", undefined],
    ['["a", 1]', undefined],
    ['["a",]', undefined],
    ['["a"] b', undefined],
    ['["a"', undefined],
    ['["\\x"]', undefined],
  ] as const) {
    it(`JSON ${text}`, () => {
      assert.deepEqual(
        parseJson(text, 0, text.length)?.items.map(({ value }) => value),
        expected,
      );
    });
  }
});
