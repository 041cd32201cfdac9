// Which line of a .dockerignore file leaves which path out.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ignoredBy, parseIgnore } from '../../../src/dockerfile/ignore.ts';

describe('dockerfile: ignore rules', () => {
  for (const [rules, path, line] of [
    ['node_modules', 'node_modules', 1],
    ['node_modules', 'node_modules/a/b.js', 1],
    ['node_modules', 'app/node_modules', undefined],
    ['**/node_modules', 'app/node_modules/x', 1],
    ['**/node_modules', 'node_modules', 1],
    ['/dist/', 'dist/a', 1],
    ['./dist', 'dist', 1],
    ['*.md', 'README.md', 1],
    ['*.md', 'docs/a.md', undefined],
    ['*/*.md', 'docs/a.md', 1],
    ['docs/**', 'docs/a/b', 1],
    ['a/**/z', 'a/b/c/z', 1],
    ['a/**/z', 'a/z', 1],
    ['# *\n\n*.md\n!README.md', 'README.md', undefined],
    ['# *\n\n*.md\n!README.md', 'OTHER.md', 3],
    ['*\n!src\nsrc/*.log', 'src/a.log', 3],
    ['*\n!src\nsrc/*.log', 'src/a.ts', undefined],
    ['?.txt', 'a.txt', 1],
    ['?.txt', 'ab.txt', undefined],
    ['[a-c]x', 'bx', 1],
    ['[^a-c]x', 'bx', undefined],
    ['a\\*b', 'a*b', 1],
    ['a\\*b', 'aab', undefined],
    ['a.b', 'axb', undefined],
    ['\ufeff  tmp  \r\n', 'tmp/x', 1],
    ['[', '[', 1],
    ['', 'a', undefined],
    ['../a', 'a', 1],
  ] as const) {
    it(`${JSON.stringify(rules)} on ${path}: ${line}`, () => {
      assert.equal(ignoredBy(parseIgnore(rules), path)?.line, line);
    });
  }

  it('take no long time', function () {
    this.timeout(2000);
    const rules = parseIgnore('**a*'.repeat(40));
    assert.equal(ignoredBy(rules, 'b/'.repeat(60)), undefined);
    ignoredBy(rules, 'a'.repeat(500));
  });
});
