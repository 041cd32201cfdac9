// Files of ours on a disk that is full: a small file system in memory, which only root may mount.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { createUploadNotes } from '../../../src/registry/change/copy/journal.ts';
import { createSavedLists } from '../../../src/registry/known/stored/listFiles.ts';
import { certificatesIn } from '../../../src/registry/own/folder.ts';
import { capture } from '../../parts/process.ts';

describe('a disk that is full', () => {
  let disk: string | undefined;
  const full = /^.* cannot be written\. The disk is full\. Free space there, or choose another place\.$/;

  before(async function () {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) {
      this.skip();
    }
    const folder = mkdtempSync(join(tmpdir(), 'docknotes-full-'));
    await capture('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
    disk = folder;
    mkdirSync(join(disk, 'kept'));
    for (let block = 4096; block >= 1; block /= 16) {
      fill(join(disk, `filler-${block}`), block);
    }
  });
  after(async () => {
    if (disk !== undefined) {
      await capture('umount', [disk]);
      rmSync(disk, { recursive: true });
    }
  });

  /** Writes until there is no space left. */
  function fill(file: string, block: number): void {
    for (let count = 0; count < 100; count += 1) {
      try {
        writeFileSync(file, Buffer.alloc(block), { flag: 'a' });
      } catch {
        return;
      }
    }
  }

  it('keeps no list, says so in the log, and is left as it was', async () => {
    const folder = join(disk ?? '', 'kept');
    const said: string[] = [];
    const names = Array.from({ length: 5000 }, (_, index) => `team/app${index}`);
    await createSavedLists(folder, (line) => said.push(line)).write('registry.lab', { names, at: 1 });
    assert.equal(said.length, 1);
    assert.match(said[0] ?? '', /was not kept: .*kept.* cannot be written\. The disk is full\./);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('takes no note of an upload, which says why', async () => {
    const folder = join(disk ?? '', 'kept');
    const journal = createUploadNotes(folder, () => {}).journalOf('registry.lab');
    await assert.rejects(journal.opened('team/app', 'x'.repeat(5000)), { code: 'local-file', message: full });
    assert.deepEqual(readdirSync(folder), []);
  });

  it('takes no certificates, which says why', async () => {
    await assert.rejects(certificatesIn(join(disk ?? '', 'kept'), ['localhost']), {
      code: 'local-file',
      message: full,
    });
  });
});
