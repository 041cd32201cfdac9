import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  entriesBelow,
  expandBraces,
  findNames,
  foldersAbove,
  isPattern,
  patternTest,
} from '../../../../src/model/registries/names.ts';

const found = (names: string[], typed: string, most = 10) =>
  findNames(names, typed, most).matches.map(({ name }) => name);

describe('finding names', () => {
  it('finds names that hold the text, and where there are none, those that hold its letters in order', () => {
    assert.deepEqual(found(['platform/gateway', 'team/pg', 'x'], 'pg'), ['team/pg']);
    assert.deepEqual(found(['platform/gateway', 'x'], 'pg'), ['platform/gateway']);
    assert.deepEqual(found(['Team/App'], 'team/a'), ['Team/App'], 'upper and lower case are alike');
    assert.deepEqual(found(['a', 'b'], ''), ['a', 'b']);
    assert.deepEqual(found(['abc'], 'cab'), []);
  });

  it('marks what was found, and counts what is left out', () => {
    const { matches, total } = findNames(['team/api', 'team/apple', 'tools/map'], 'ap', 1);
    assert.deepEqual(matches, [{ name: 'team/api', marks: [[5, 7]] }]);
    assert.equal(total, 3);
    assert.deepEqual(findNames(['gateway'], 'gwy', 5).matches[0]?.marks, [
      [0, 1],
      [4, 5],
      [6, 7],
    ]);
  });

  it('takes any text for a text', () => {
    for (const typed of ['.*', '[', '\\', '$1', '(', '😀']) {
      assert.deepEqual(found(['a/b'], typed), [], typed);
    }
  });
});

describe('names as folders', () => {
  const names = ['a', 'a/b/c', 'a/b/d', 'deep/er/still/one', 'deep/er/still/two', 'single/name', 'z'];

  it('groups by parts, joins single ways, and leaves a single name whole', () => {
    assert.deepEqual(entriesBelow(names, ''), [
      { type: 'repository', name: 'a' },
      { type: 'folder', path: 'a/b/', count: 2 },
      { type: 'folder', path: 'deep/er/still/', count: 2 },
      { type: 'repository', name: 'single/name' },
      { type: 'repository', name: 'z' },
    ]);
    assert.deepEqual(entriesBelow(names, 'a/b/'), [
      { type: 'repository', name: 'a/b/c' },
      { type: 'repository', name: 'a/b/d' },
    ]);
  });

  it('keeps a repository apart from a folder of its name, and does not mix up names that begin alike', () => {
    assert.deepEqual(entriesBelow(['team', 'team/x', 'team/y', 'team-two/x', 'team-two/y'], ''), [
      { type: 'repository', name: 'team' },
      { type: 'folder', path: 'team/', count: 2 },
      { type: 'folder', path: 'team-two/', count: 2 },
    ]);
  });

  it('finds the way to every name, and every name is somewhere', () => {
    const many = Array.from({ length: 300 }, (_, i) => `n${i % 7}/m${i % 5}/${i % 3 ? 'p/' : ''}r${i}`);
    const reached: string[] = [];
    const walk = (folder: string) => {
      for (const entry of entriesBelow(many, folder)) {
        if (entry.type === 'folder') {
          walk(entry.path);
        } else {
          reached.push(entry.name);
          assert.equal(foldersAbove(many, entry.name).at(-1) ?? '', folder);
        }
      }
    };
    walk('');
    assert.deepEqual(reached.sort(), [...many].sort());
  });
});

describe('names that are typed', () => {
  it('expands braces and tests patterns', () => {
    assert.deepEqual(expandBraces('team/{web, api}'), ['team/web', 'team/api']);
    assert.deepEqual(expandBraces('{a,b}/{c,d}'), ['a/c', 'a/d', 'b/c', 'b/d']);
    assert.deepEqual(expandBraces('team/{web'), ['team/{web']);
    assert.ok(expandBraces('{a,b,c,d}'.repeat(20)).length <= 100);
    assert.ok(isPattern('team/*') && !isPattern('team/app'));
    const test = patternTest('team/*-api*');
    assert.ok(test('team/x-api') && test('team/-api-2'));
    assert.ok(!test('team/api') && !test('other/x-api'));
    assert.ok(!patternTest('a*a')('a'));
  });
});

describe('patterns of names and tags', () => {
  const cases: [string, string, boolean][] = [
    ['latest', 'latest', true],
    ['latest', 'latest-1', false],
    ['*', 'anything', true],
    ['build-*', 'build-', true],
    ['v?.*', 'v1.2.3', true],
    ['v?.*', 'v10.2', false],
    ['1.0', '1x0', false],
    ['a+b', 'a+b', true],
    ['*-?-b', 'x-a-b', true],
    ['*?a*?b', 'xaxxb', true],
    ['*?a*?b', 'axb', false],
    ['a?', 'a', false],
    ['?*?', 'a', false],
    [' build-* ', 'build-7', true],
    ['*-rc*', '1.0-rc.1', true],
  ];
  for (const [pattern, text, wanted] of cases) {
    it(`"${pattern}" ${wanted ? 'matches' : 'does not match'} "${text}"`, () => {
      assert.equal(patternTest(pattern)(text), wanted);
    });
  }
});
