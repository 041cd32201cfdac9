import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isVersion, newerTag, nextTags } from '../../../../src/model/registries/nextTag.ts';

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

describe('a newer tag', () => {
  const cases: [string, string[], string | undefined][] = [
    ['1.1.0', ['1.2.0', '1.10.0', '1.9.0', '2.0.0-rc1', 'latest'], '1.10.0'],
    ['3.12-slim', ['3.13', '3.13-slim', '3.14-alpine', '3.11-slim'], '3.13-slim'],
    ['3.20', ['3.20.1', '3.19', '3.20', '20260101'], undefined],
    ['3', ['20260101', '4'], '4'],
    ['9', ['10', '9.1'], '10'],
    ['2026.10', ['2026.11', '2025.12'], '2026.11'],
    ['v1.2', ['1.3', 'v1.2'], undefined],
    ['latest', ['1.0', '2.0'], undefined],
    ['1.2', [], undefined],
  ];
  for (const [tag, tags, expected] of cases) {
    it(`${tag} among ${tags.join(' ')} -> ${expected}`, () => assert.equal(newerTag(tag, tags), expected));
  }

  it('only of versions', () => {
    assert.deepEqual(['1', 'v1.2', '3.12-slim', 'latest', '7fe2b1c', 'stable-1'].map(isVersion), [
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
