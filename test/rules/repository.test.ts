// Promises of the repository itself: nothing of one machine in it, and scripts that the README names.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { editions } from '../parts/editor/codeServer.ts';
import { filesIn, read, readJson } from './files.ts';

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

  it('lets CI run nothing but the test command, on what a bare machine has', () => {
    const lines = read('.ci/run')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line && !line.startsWith('#'));
    assert.equal(lines.at(-1), 'npm test', '.ci/run must end with npm test');
    const others = lines.slice(0, -1).filter((line) => /\b(npm|npx|node|apt|apt-get|curl|bash|sh)\s/.test(line));
    assert.deepEqual(others, [], '.ci/run installs and runs nothing besides: that is the work of the test command');
    for (const folder of ['HOME', 'XDG_CACHE_HOME']) {
      assert.ok(
        lines.some((line) => new RegExp(`^export .*\\b${folder}="\\$bare/`).test(line)),
        `.ci/run must give ${folder} a new folder, so that no step is hidden by what an older run installed`,
      );
    }
  });

  it('tries the oldest VS Code that the manifest admits', () => {
    const { vscode } = readJson<{ engines: { vscode: string } }>('package.json').engines;
    const [, minor] = editions.oldest.version.split('.');
    assert.equal(
      `^1.${minor}.0`,
      vscode,
      'editions.oldest of test/parts/editor/codeServer.ts must be the VS Code of engines.vscode',
    );
  });

  it('runs no test again but one that says why it may be', () => {
    const helper = 'test/parts/run/repeat.ts';
    const own = 'test/rules/repository.test.ts';
    const others = filesIn('test', '.ts').filter((file) => file !== helper && file !== own);
    assert.deepEqual(
      [...others, 'package.json'].filter((file) => /'--retries', '\d|\.retries\(|\bretries: \d/.test(read(file))),
      [],
      `a test that may be run again calls mayRepeat of ${helper}, with the reason`,
    );
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
