import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { nextTags } from '../../../src/model/nextTag.ts';

describe('the next tag', () => {
  const cases: [string[], string[]][] = [
    [
      ['1.4.2', '1.10.0', '1.9.9', 'latest'],
      ['1.10.1', '1.11.0', '2.0.0'],
    ],
    [['v1.2'], ['v1.3', 'v2.0']],
    [['7', '12', '3'], ['13']],
    [
      ['1.4', '1.4.0'],
      ['1.4.1', '1.5.0', '2.0.0'],
    ],
    [['20261101'], []],
    [['latest', 'main', '1.2.3-alpine'], []],
    [[], []],
  ];
  for (const [tags, expected] of cases) {
    it(`${tags.join(' ')} -> ${expected.join(' ')}`, () => assert.deepEqual(nextTags(tags), expected));
  }
});
