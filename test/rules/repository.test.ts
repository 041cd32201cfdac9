// Promises of the repository itself: nothing of one machine in it, and scripts that the README names.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { read, readJson } from './files.ts';

describe('repository', () => {
  it('keeps no address of a package registry in the lock file', () => {
    assert.equal(/"resolved"|https?:\/\/[^"]*\.tgz/.exec(read('package-lock.json'))?.[0], undefined);
  });

  it('has the scripts that the README tells people to run', () => {
    const scripts = Object.keys(readJson('package.json').scripts as object);
    for (const [, script] of read('README.md').matchAll(
      /npm (?:run )?(start|test[\w:]*|bench|package|build|check)\b/g,
    )) {
      assert.ok(script && scripts.includes(script), `package.json has no script ${script}`);
    }
  });

  it('lets CI run nothing but the test command', () => {
    const lines = read('.ci/run')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line && !line.startsWith('#'));
    assert.ok(
      lines.some((line) => /^(exec )?npm test$/.test(line)),
      '.ci/run must call npm test',
    );
    assert.ok(lines.length <= 4, '.ci/run does nothing else of substance');
  });

  it('ships only what its allow-list names', () => {
    const [first, ...rest] = read('.vscodeignore')
      .split('\n')
      .filter((line) => line && !line.startsWith('#'));
    assert.equal(first, '**', '.vscodeignore begins by leaving everything out');
    assert.ok(
      rest.every((line) => line.startsWith('!')),
      '.vscodeignore only names what goes in',
    );
  });
});
