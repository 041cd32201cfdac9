import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { sourcesOf } from '../../../src/server/sources.ts';

describe('sources of COPY and ADD', () => {
  let folder = '';
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const source = (path: string, workspace?: string) =>
    sourcesOf(join(folder, 'app', 'Dockerfile'), workspace).source(path);

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'docknotes-sources-'));
    write('app/Dockerfile', 'FROM scratch\n');
    write('app/.dockerignore', '# comment\ntmp\n*.log\n');
    write('app/src/a.c', '12345');
    write('app/src/deep/b.c', '123');
    write('app/src/c.log', 'left out');
    write('app/tmp/x', 'left out');
    write('root.txt', '1');
    symlinkSync('/etc', join(folder, 'app', 'away'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('counts files and bytes, without what is left out', async () => {
    assert.deepEqual(await source('src'), { exists: true, count: 3, bytes: 16 });
    assert.deepEqual(await source('src/*.c'), { exists: true, count: 1, bytes: 5 });
    assert.deepEqual(await source('/src/deep/../a.c'), { exists: true, count: 1, bytes: 5 });
  });

  it('names the line that leaves a source out', async () => {
    assert.deepEqual(await source('tmp/x'), {
      exists: true,
      ignoredBy: { file: '.dockerignore', line: 2, pattern: 'tmp' },
    });
  });

  it('takes an ignore file that is none for no ignore file: a reader of a device or a pipe would wait for ever', async () => {
    for (const [name, device] of [
      ['terminal', '/dev/ptmx'],
      ['zeros', '/dev/zero'],
    ] as const) {
      write(`${name}/Dockerfile`, 'FROM scratch\n');
      write(`${name}/a.c`, '12345');
      symlinkSync(device, join(folder, name, '.dockerignore'));
      symlinkSync(device, join(folder, name, 'Dockerfile.dockerignore'));
      const facts = await sourcesOf(join(folder, name, 'Dockerfile'), undefined).source('a.c');
      assert.deepEqual(facts, { exists: true, count: 1, bytes: 5 });
    }
  });

  it('looks in the workspace folder when nothing is beside the Dockerfile', async () => {
    assert.deepEqual(await source('root.txt'), { exists: false });
    assert.deepEqual(await source('root.txt', folder), { exists: true, count: 1, bytes: 1 });
  });

  it('does not leave the context, nor follow links out of it', async () => {
    assert.deepEqual(await source('../root.txt'), { exists: false });
    assert.deepEqual(await source('away'), { exists: true, count: 1, bytes: 0 });
  });

  it('gives way to the ignore file of the Dockerfile itself', async () => {
    write('app/Dockerfile.dockerignore', 'src/a.c\n');
    assert.deepEqual((await source('src/a.c'))?.ignoredBy?.file, 'Dockerfile.dockerignore');
    assert.deepEqual(await source('tmp'), { exists: true, count: 1, bytes: 8 });
  });
});
