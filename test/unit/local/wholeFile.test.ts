// Local files that are there only when they are whole, and never written through a link.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { saveArchive } from '../../../src/engine/files/transfers/localArchive.ts';
import { writeWhole } from '../../../src/local/wholeFile.ts';
import { UserError } from '../../../src/model/errors.ts';
import { tar } from '../../parts/tar.ts';

const { signal } = new AbortController();
const archive = tar([{ path: 'x', content: 'y' }]);
const save = (to: string, content: Buffer = archive) => saveArchive(Readable.from([content]), to, { signal });

/** Fails with one sentence for a person. */
const saying = (sentence: RegExp) => (error: unknown) => {
  assert.ok(error instanceof UserError);
  assert.equal(error.code, 'local-file');
  assert.match(error.message, sentence);
  return true;
};

describe('whole files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'docknotes-whole-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('leave what has a similar name alone: a link is not written through, and a file of the person stays', async () => {
    const [to, precious] = [join(folder, 'backup.tar'), join(folder, 'precious')];
    writeFileSync(precious, 'precious');
    symlinkSync(precious, `${to}.part`);
    await save(to);
    assert.equal(readFileSync(precious, 'utf8'), 'precious');
    assert.deepEqual(readdirSync(folder).sort(), ['backup.tar', 'backup.tar.part', 'precious']);
    assert.deepEqual(readFileSync(to), archive);
    assert.ok(lstatSync(`${to}.part`).isSymbolicLink());

    rmSync(`${to}.part`);
    writeFileSync(`${to}.part`, 'mine');
    await assert.rejects(save(to, archive.subarray(0, 700)), /before it was complete/);
    assert.equal(readFileSync(`${to}.part`, 'utf8'), 'mine');
    assert.deepEqual(readFileSync(to), archive, 'the whole one is still there');
    assert.deepEqual(readdirSync(folder).sort(), ['backup.tar', 'backup.tar.part', 'precious']);
  });

  it('take the place of plain files only', async function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    const target = join(folder, 'target');
    writeFileSync(target, 'old');
    symlinkSync(target, join(folder, 'link'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    mkdirSync(join(folder, 'folder'));
    for (const name of ['link', 'pipe', 'folder']) {
      await assert.rejects(save(join(folder, name)), saying(/is there, and is no plain file/), name);
    }
    assert.equal(readFileSync(target, 'utf8'), 'old');
    await assert.rejects(save('/dev/null'), saying(/no plain file/));
    assert.ok(statSync('/dev/null').isCharacterDevice());
    assert.deepEqual(readdirSync(folder).sort(), ['folder', 'link', 'pipe', 'target']);
  });

  it('are for their owner alone until they are whole, and keep the mode of what they replace', async function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    const to = join(folder, 'file');
    const mode = (path: string) => statSync(path).mode & 0o777;
    const write = async (options = {}) =>
      writeWhole(
        to,
        async (file, path) => {
          assert.equal(mode(path), 0o600);
          await file.writeFile('x');
        },
        options,
      );
    await write();
    assert.equal(mode(to), 0o666 & ~process.umask());
    chmodSync(to, 0o640);
    await write();
    assert.equal(mode(to), 0o640);
    await write({ mode: 0o755 });
    assert.equal(mode(to), 0o755);
    await write({ mode: 0o600 });
    assert.equal(mode(to), 0o600);
  });

  it('say in a sentence that the disk is full or read-only, and leave the old file', async function () {
    const mount = (options: string, place: string) => {
      mkdirSync(place, { recursive: true });
      execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', place], { stdio: 'ignore' });
    };
    const place = join(folder, 'small');
    try {
      mount('size=64k', place);
    } catch {
      this.skip();
    }
    try {
      const to = join(place, 'a.tar');
      await save(to);
      const large = tar([{ path: 'x', content: Buffer.alloc(200_000) }]);
      await assert.rejects(save(to, large), saying(/a\.tar cannot be written\. The disk is full\. Free space/));
      assert.deepEqual(readFileSync(to), archive);
      assert.deepEqual(readdirSync(place), ['a.tar']);
      execFileSync('mount', ['-o', 'remount,ro', place]);
      await assert.rejects(save(to), saying(/The disk is read-only\. Choose another place/));
    } finally {
      execFileSync('umount', [place]);
    }
    await assert.rejects(save(join(folder, 'none', 'a.tar')), saying(/The folder that it is to be in does not exist/));
    await assert.rejects(save(join(folder, 'n'.repeat(300))), saying(/The name is too long/));
    assert.ok(!existsSync(join(folder, 'none')));
  });
});
