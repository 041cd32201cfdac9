// Files and folders sent to a container and fetched from it, through a real engine.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before } from 'mocha';
import { describeWays, testsOf } from '../ways.ts';
import { code, createWorld, type World } from './world.ts';

const signal = new AbortController().signal;

describeWays('transfers', function (way) {
  this.timeout(60_000);
  const it = testsOf(way);
  const megabytes = way.full ? 200 : 32;
  let world: World;
  before(async function () {
    if (way.why()) {
      this.skip();
    }
    world = await createWorld(way);
  });
  after(() => world?.end());

  it('sends a folder with its links and modes, to the owner of the folder that it goes to', async () => {
    const from = join(world.folder, 'sent folder');
    const long = `${'long-'.repeat(30)}ü.txt`;
    mkdirSync(join(from, 'sub'), { recursive: true });
    writeFileSync(join(from, 'run.sh'), '#!/bin/sh\n', { mode: 0o755 });
    writeFileSync(join(from, 'sub', long), 'long');
    writeFileSync(join(from, 'empty'), '');
    symlinkSync('sub', join(from, 'link'));
    for (const start of [true, false]) {
      const owner = await (start ? world.shared() : world.container());
      await world.sh(owner, 'mkdir /in; chown 55:66 /in');
      if (!start) {
        await world.api('POST', `/containers/${owner.id}/kill`);
      }
      const sent = await world.files.upload(owner, '/in', [from, join(from, 'run.sh')], { signal });
      assert.deepEqual([sent.files, sent.skippedCount], [4, 0]);
      if (!start) {
        await world.api('POST', `/containers/${owner.id}/start`);
      }
      assert.equal(
        await world.sh(
          owner,
          `cd "/in/sent folder"; stat -c "%a %u:%g" run.sh ../run.sh sub link; cat "sub/${long}"; readlink link`,
        ),
        '755 55:66\n755 55:66\n755 55:66\n777 55:66\nlongsub\n',
      );
      const back = join(world.folder, `back-${start}`);
      const got = await world.files.download(owner, '/in/sent folder', back, { signal });
      assert.deepEqual([got.files, got.bytes, got.skipped], [3, 14, []]);
      assert.deepEqual(readdirSync(back).sort(), ['empty', 'link', 'run.sh', 'sub']);
      assert.equal(readFileSync(join(back, 'sub', long), 'utf8'), 'long');
      assert.equal(readlinkSync(join(back, 'link')), 'sub');
      assert.equal(statSync(join(back, 'run.sh')).mode & 0o777, 0o755);
    }
    const owner = await world.container({ image: 'shell-less' });
    await assert.rejects(world.files.upload(owner, '/sleep', [from], { signal }), code('not-a-folder'));
    await assert.rejects(world.files.upload(owner, '/', [join(from, 'none')], { signal }), code('local-file'));
  });

  it('writes nothing outside the folder, and names what it left out', async () => {
    const owner = await world.shared();
    await world.sh(
      owner,
      'mkdir /h; cd /h; ln -s /etc/passwd absolute; ln -s ../../../etc climbs; ln -s . self; mkdir d; ln -s ../d inside; ln -s d/../.. behind; mkfifo pipe; ln -s none dangling; echo x > f; ln f hard; chmod 4755 f; mkdir closed; echo y > closed/y; chmod 555 closed',
    );
    const to = join(world.folder, 'hostile');
    const got = await world.files.download(owner, '/h', to, { signal });
    assert.deepEqual(Object.fromEntries(got.skipped.map(({ name, reason }) => [name, reason])), {
      absolute: 'link',
      climbs: 'link',
      behind: 'link',
      inside: 'link',
      pipe: 'special',
    });
    assert.deepEqual(readdirSync(to).sort(), ['closed', 'd', 'dangling', 'f', 'hard', 'self']);
    assert.equal(lstatSync(join(to, 'f')).mode & 0o7777, 0o755);
    assert.equal(lstatSync(join(to, 'f')).ino, lstatSync(join(to, 'hard')).ino);
    assert.equal(readFileSync(join(to, 'closed', 'y'), 'utf8'), 'y\n');
    await assert.rejects(world.files.download(owner, '/h', to, { signal }), code('file-exists'));
    await assert.rejects(world.files.download(owner, '/h/none', `${to}2`, { signal }), code('file-not-found'));
    await assert.rejects(world.files.download(owner, '/h/pipe', `${to}2`, { signal }), code('not-a-file'));
    assert.ok(!existsSync(`${to}2`));
  });

  it('streams large files there and back in little memory', async () => {
    const size = megabytes * 1024 * 1024;
    const from = join(world.folder, 'big.bin');
    const file = await open(from, 'w');
    for (let at = 0; at < size; at += 1024 * 1024) {
      await file.write(Buffer.alloc(1024 * 1024, at >> 20));
    }
    await file.close();
    const owner = await world.container({ image: 'shell-less' });
    const start = process.memoryUsage.rss();
    let highest = start;
    const watch = (told: number[]) => (bytes: number, total?: number) => {
      assert.equal(total, size);
      told.push(bytes);
      highest = Math.max(highest, process.memoryUsage.rss());
    };
    const [up, down]: [number[], number[]] = [[], []];
    await world.files.upload(owner, '/', [from], { signal, onProgress: watch(up) });
    const to = join(world.folder, 'big.back');
    await world.files.download(owner, '/big.bin', to, { signal, onProgress: watch(down) });
    assert.equal(up.at(-1), size);
    assert.equal(down.at(-1), size);
    assert.equal(await hash(to), await hash(from));
    const growth = (highest - start) / 1e6;
    assert.ok(growth < 100, `${growth.toFixed(0)} MB more memory`);
  });

  it('says in a sentence that the local disk is full, and leaves nothing half there', async () => {
    const place = join(world.folder, 'small');
    mkdirSync(place);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', place], { stdio: 'ignore' });
    } catch {
      // Only root can make a small disk.
      return;
    }
    try {
      const owner = await world.container();
      await world.sh(owner, 'mkdir /full; head -c 200000 /dev/zero > /full/f');
      for (const path of ['/full', '/full/f']) {
        const to = join(place, 'here');
        await assert.rejects(world.files.download(owner, path, to, { signal }), (error: Error) => {
          assert.equal(
            error.message,
            `${to} cannot be written. The disk is full. Free space there, or choose another place.`,
          );
          return code('local-file')(error);
        });
        assert.deepEqual(readdirSync(place), []);
      }
    } finally {
      execFileSync('umount', [place]);
    }
  });

  it('ends a transfer when it is cancelled, and leaves nothing half', async () => {
    const owner = await world.shared();
    await world.sh(owner, `dd if=/dev/zero of=/large bs=1M count=${megabytes} 2>/dev/null; mkdir /l; mv /large /l`);
    const into = join(world.folder, 'into');
    mkdirSync(into);
    for (const path of ['/l', '/l/large']) {
      const stop = new AbortController();
      const to = join(into, 'cancelled');
      await assert.rejects(
        world.files.download(owner, path, to, { signal: stop.signal, onProgress: () => stop.abort() }),
        (error: Error) => error.name === 'Cancelled',
      );
      assert.deepEqual(readdirSync(into), []);
    }
    const stop = new AbortController();
    const from = join(world.folder, 'zeros.bin');
    writeFileSync(from, '');
    truncateSync(from, megabytes * 1024 * 1024);
    await assert.rejects(
      world.files.upload(owner, '/', [from], { signal: stop.signal, onProgress: () => stop.abort() }),
      (error: Error) => error.name === 'Cancelled',
    );
    assert.equal((await world.files.stat(owner, '/l/large')).size, megabytes * 1024 * 1024);
  });
});

async function hash(file: string): Promise<string> {
  const sum = createHash('sha256');
  for await (const chunk of createReadStream(file)) {
    sum.update(chunk as Buffer);
  }
  return sum.digest('hex');
}
