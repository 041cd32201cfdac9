// Files that are none: what leads to a device or a pipe is refused at once, with the reason.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { reasonOf } from '../../../src/local/failure.ts';
import { readPlainFile, readPlainFileSync } from '../../../src/local/plainFile.ts';

describe('plain files', function () {
  this.timeout(10_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'docknotes-plain-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Why a file is not read: the same at once and later. */
  async function reason(path: string, limit = 1_000): Promise<string> {
    const later = await readPlainFile(path, limit).then(
      () => 'read',
      (error: unknown) => reasonOf(error),
    );
    let atOnce = 'read';
    try {
      readPlainFileSync(path, limit);
    } catch (error) {
      atOnce = reasonOf(error);
    }
    assert.equal(atOnce, later);
    return later;
  }

  it('are read, also through a link, and when they do not tell their size', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'x'.repeat(200_000));
    symlinkSync(file, join(folder, 'link'));
    for (const path of [file, join(folder, 'link')]) {
      assert.equal((await readPlainFile(path, 200_000)).length, 200_000);
      assert.equal(readPlainFileSync(path, 200_000).length, 200_000);
    }
    if (process.platform === 'linux') {
      assert.match((await readPlainFile('/proc/self/status', 100_000)).toString(), /^Name:/);
      assert.equal(await reason('/proc/self/status', 10), 'It is larger than 10 bytes.');
    }
    assert.equal(await reason(file), 'It is larger than 1000 bytes.');
    assert.equal(await reason(folder), 'It is a folder.');
    assert.equal(await reason(join(folder, 'none')), 'It does not exist.');
    assert.equal(await reason(join(file, 'under')), 'A part of its path is not a folder.');
  });

  it('are told from devices and pipes, on which a reader would wait for ever', async function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    symlinkSync('/dev/ptmx', join(folder, 'terminal'));
    for (const path of [join(folder, 'pipe'), join(folder, 'terminal'), '/dev/zero', '/dev/null']) {
      assert.equal(await reason(path), 'It is a device, a pipe or a socket, and not a plain file.', path);
    }
  });
});
