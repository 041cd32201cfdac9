// Files in containers that run, are stopped, or have no shell, through a real engine.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'mocha';
import { describeWays, testsOf } from '../ways.ts';
import { code, createWorld, type World } from './world.ts';

const text = (content: Uint8Array) => Buffer.from(content).toString();
const limit = 50_000_000;
const write = { create: true, overwrite: true };

describeWays('files of a container', function (way) {
  this.timeout(60_000);
  const it = testsOf(way);
  let world: World;
  before(async function () {
    if (way.why()) {
      this.skip();
    }
    world = await createWorld(way);
  });
  after(() => world?.end());

  for (const state of ['running', 'stopped', 'shell-less'] as const) {
    it(`lists, reads, writes and creates folders: ${state}`, async () => {
      const { files } = world;
      const owner =
        state === 'running'
          ? await world.shared()
          : await world.container(state === 'stopped' ? { start: false } : { image: 'shell-less' });
      const root = await files.list(owner, '/');
      assert.ok(root.complete);
      const etc = root.entries.find(({ name }) => name === 'etc');
      assert.equal(etc?.kind, 'folder');

      await files.createFolder(owner, '/box');
      await assert.rejects(files.createFolder(owner, '/box'), code('file-exists'));
      await files.write(owner, '/box/a.txt', Buffer.from('one'), write);
      assert.equal(text(await files.read(owner, '/box/a.txt', { limit })), 'one');
      await files.write(owner, '/box/a.txt', Buffer.from('zwei ü'), write);
      assert.equal(text(await files.read(owner, '/box/a.txt', { limit })), 'zwei ü');
      const { entries } = await files.list(owner, '/box/');
      assert.deepEqual(
        entries.map(({ name, kind, size, mode }) => ({ name, kind, size, mode })),
        [{ name: 'a.txt', kind: 'file', size: 7, mode: 0o644 }],
      );
      const stat = await files.stat(owner, '/box/a.txt');
      assert.equal(stat.size, 7);
      assert.ok(Math.abs(stat.modified - Date.now()) < 60_000);

      await assert.rejects(files.read(owner, '/box/none', { limit }), code('file-not-found'));
      await assert.rejects(files.stat(owner, '/box/a.txt/under'), code('file-not-found'));
      await assert.rejects(files.list(owner, '/box/a.txt'), code('not-a-folder'));
      await assert.rejects(files.list(owner, '/none'), code('file-not-found'));
      await assert.rejects(files.read(owner, '/box', { limit }), code('is-a-folder'));
      await assert.rejects(files.write(owner, '/box', Buffer.from('x'), write), code('is-a-folder'));
      await assert.rejects(files.read(owner, '/box/a.txt', { limit: 3 }), code('file-too-large'));
      await assert.rejects(
        files.write(owner, '/box/new', Buffer.from('x'), { create: false, overwrite: true }),
        code('file-not-found'),
      );
      await assert.rejects(
        files.write(owner, '/box/a.txt', Buffer.from('x'), { create: true, overwrite: false }),
        code('file-exists'),
      );
    });
  }

  it('deletes and renames while it runs, and says why not when it cannot', async () => {
    const { files } = world;
    const owner = await world.shared();
    await world.sh(
      owner,
      'mkdir -p /w/deep/er /w/full; echo 1 > /w/a; echo 2 > /w/b; echo 3 > /w/full/x; ln -s full /w/link',
    );
    await assert.rejects(files.rename(owner, '/w/a', '/w/b', { overwrite: false }), code('file-exists'));
    await files.rename(owner, '/w/a', '/w/b', { overwrite: true });
    assert.equal(text(await files.read(owner, '/w/b', { limit })), '1\n');
    await files.rename(owner, '/w/deep', '/w/-rf *', { overwrite: false });
    assert.equal((await files.stat(owner, '/w/-rf */er')).kind, 'folder');
    await assert.rejects(files.rename(owner, '/w', '/w/inside', { overwrite: true }), code('not-possible'));
    await assert.rejects(files.remove(owner, '/w/full', { recursive: false }), code('folder-not-empty'));
    await files.remove(owner, '/w/link', { recursive: true });
    assert.equal((await files.stat(owner, '/w/full/x')).kind, 'file', 'a link goes without what it leads to');
    await files.remove(owner, '/w/-rf *', { recursive: true });
    await files.remove(owner, '/w/full', { recursive: true });
    assert.deepEqual(
      (await files.list(owner, '/w')).entries.map(({ name }) => name),
      ['b'],
    );
    await assert.rejects(files.remove(owner, '/w/none', { recursive: true }), code('file-not-found'));
    await assert.rejects(files.remove(owner, '/w/../', { recursive: true }), code('not-possible'));

    const stopped = await world.container({ start: false });
    await assert.rejects(files.remove(stopped, '/etc/passwd', { recursive: false }), code('start-first'));
    const bare = await world.container({ image: 'shell-less' });
    await assert.rejects(files.rename(bare, '/sleep', '/x', { overwrite: false }), code('no-shell'));
  });

  for (const start of [true, false]) {
    it(`keeps mode and owner on write, gives a new file its folder's owner, writes through links: ${start}`, async () => {
      const { files } = world;
      const owner = await (start ? world.shared() : world.container());
      await world.sh(
        owner,
        'mkdir /m; cd /m; echo x > f; chown 1234:4321 f; chmod 4750 f; mkdir d; chown 77:88 d; ln -s /m/f l; ln -s d dl; ln -s ../m/none dangling; ln f hard',
      );
      if (!start) {
        await world.api('POST', `/containers/${owner.id}/kill`);
      }
      const kinds = Object.fromEntries(
        (await files.list(owner, '/m')).entries.map(({ name, kind, leadsTo }) => [
          name,
          leadsTo ? `${kind} to ${leadsTo}` : kind,
        ]),
      );
      assert.deepEqual(kinds, {
        d: 'folder',
        dl: 'link to folder',
        l: 'link to file',
        dangling: 'link',
        f: 'file',
        hard: 'file',
      });
      assert.deepEqual((({ kind, target, leadsTo }) => ({ kind, target, leadsTo }))(await files.stat(owner, '/m/dl')), {
        kind: 'link',
        target: '/m/d',
        leadsTo: 'folder',
      });
      await files.write(owner, '/m/l', Buffer.from('through'), write);
      await files.write(owner, '/m/d/new', Buffer.from('new'), write);
      await files.write(owner, '/m/dl/via', Buffer.from('via'), write);
      await files.write(owner, '/m/dangling', Buffer.from('made'), write);
      await files.createFolder(owner, '/m/d/sub');
      if (!start) {
        await world.api('POST', `/containers/${owner.id}/start`);
      }
      assert.equal(
        await world.sh(owner, 'cd /m; stat -c "%n %a %u:%g %F" f l d/new d/via d/sub none; cat f d/via hard'),
        [
          'f 4750 1234:4321 regular file',
          'l 777 0:0 symbolic link',
          'd/new 644 77:88 regular file',
          'd/via 644 77:88 regular file',
          'd/sub 755 77:88 directory',
          'none 644 0:0 regular file',
          'throughviax\n',
        ].join('\n'),
      );
    });
  }

  it('reaches files in memory, and files that are mounted by themselves, while it runs', async () => {
    const { files } = world;
    const owner = await world.container({ host: { Tmpfs: { '/scratch': '' } } });
    await files.write(owner, '/scratch/a b', Buffer.from('kept in memory'), write);
    assert.equal(await world.sh(owner, 'cat "/scratch/a b"'), 'kept in memory');
    assert.equal(text(await files.read(owner, '/scratch/a b', { limit })), 'kept in memory');
    assert.equal((await files.stat(owner, '/scratch/a b')).size, 14);
    assert.match(text(await files.read(owner, '/proc/1/status', { limit })), /^Name:\tsleep/);
    await assert.rejects(files.stat(owner, '/proc/none'), code('file-not-found'));
    assert.match(text(await files.read(owner, '/etc/mtab', { limit })), /^\S+ \/ \w+ /);
    await assert.rejects(files.read(owner, '/dev/zero', { limit }), code('not-a-file'));
    await assert.rejects(files.read(owner, '/scratch', { limit }), code('is-a-folder'));
    await assert.rejects(
      files.write(owner, '/scratch/a b', Buffer.from('x'), { create: true, overwrite: false }),
      code('file-exists'),
    );
    await files.createFolder(owner, '/scratch/d');
    await assert.rejects(files.createFolder(owner, '/scratch/d'), code('file-exists'));
    await files.rename(owner, '/scratch/a b', '/scratch/d/c', { overwrite: false });
    assert.deepEqual(
      (await files.list(owner, '/scratch/d')).entries.map(({ name }) => name),
      ['c'],
    );
    const inode = await world.sh(owner, 'stat -c %i /etc/hosts');
    await files.write(owner, '/etc/hosts', Buffer.from('127.0.0.1 localhost more\n'), write);
    assert.equal(await world.sh(owner, 'cat /etc/hosts; stat -c %i /etc/hosts'), `127.0.0.1 localhost more\n${inode}`);

    const stopped = await world.container({ start: false, host: { Tmpfs: { '/scratch': '' } } });
    await assert.rejects(files.write(stopped, '/scratch/lost', Buffer.from('x'), write), code('in-memory'));
    const bare = await world.container({ image: 'shell-less', host: { Tmpfs: { '/scratch': '' } } });
    await assert.rejects(files.list(bare, '/scratch'), code('in-memory'));
  });

  it('saves so that a full disk costs nothing: the old version stays, and it is said why', async () => {
    const { files } = world;
    const owner = await world.container({ host: { Tmpfs: { '/small': 'size=1m' } } });
    await world.sh(
      owner,
      'cd /small; head -c 600000 /dev/zero | tr "\\0" a > f; chown 12:34 f; chmod 2640 f; ln -s f l',
    );
    const facts = 'cd /small; ls -A; stat -c "%a %u:%g %s" f; tr -d a <f | wc -c; readlink l';
    const before = await world.sh(owner, facts);
    for (const path of ['/small/f', '/small/l', '/small/new']) {
      await assert.rejects(files.write(owner, path, Buffer.alloc(600_000, 'b'), write), (error: Error) => {
        assert.match(
          error.message,
          /not enough space for \/small.* 600 kB beside the old one, and \d.* are free.*It is as it was/,
        );
        return code('no-space')(error);
      });
    }
    assert.equal(await world.sh(owner, facts), before);
    // The rest of the space goes, so that not even a little fits.
    await world.sh(owner, 'cat /dev/zero >/small/rest 2>/dev/null');
    await assert.rejects(files.write(owner, '/small/f', Buffer.alloc(9_000, 'b'), write), (error: Error) => {
      assert.match(error.message, /space (?:left )?for \/small\/f[.:].*It is as it was/);
      return code('no-space')(error);
    });
    await world.sh(owner, 'rm /small/rest');
    assert.equal(await world.sh(owner, facts), before);
    await files.write(owner, '/small/l', Buffer.alloc(300_000, 'b'), write);
    assert.equal(await world.sh(owner, facts.replace('-d a', '-d b')), before.replace('600000', '300000'));
  });

  it('says that a save which could destroy the file is one, before it is done', async () => {
    const { files } = world;
    const stopped = await world.container({ start: false });
    const bare = await world.container({ image: 'shell-less' });
    const volume = await world.volume();
    const mounted = { Binds: [`${volume.name}:/etc`] };
    await world.sh(
      await world.container({ host: mounted }),
      'echo -n old > /etc/f; chown 12:34 /etc/f; chmod 640 /etc/f',
    );
    const poor = await world.container({ host: { ...mounted, CapDrop: ['CHOWN'] } });
    for (const [owner, why] of [
      [stopped, 'stopped'],
      [bare, 'no-shell'],
      [poor, 'no-shell'],
    ] as const) {
      if (owner !== poor) {
        await files.write(owner, '/etc/f', Buffer.from('old'), {
          ...write,
          askUnsafe: async () => assert.fail('new'),
        });
      }
      const asked: string[] = [];
      const askUnsafe = async (reason: string) => {
        asked.push(reason);
        throw new Error('No.');
      };
      await assert.rejects(files.write(owner, '/etc/f', Buffer.from('new'), { ...write, askUnsafe }), /^Error: No\.$/);
      assert.deepEqual(asked, [why]);
      assert.equal(text(await files.read(owner, '/etc/f', { limit })), 'old');
      await files.write(owner, '/etc/f', Buffer.from('new'), { ...write, askUnsafe: async () => {} });
      assert.equal(text(await files.read(owner, '/etc/f', { limit })), 'new');
    }
    assert.equal(await world.sh(poor, 'stat -c "%u:%g %a" /etc/f; ls -A /etc | grep docknotes'), '12:34 640\n');
    const running = await world.shared();
    await files.write(running, '/etc/safe', Buffer.from('1'), write);
    await files.write(running, '/etc/safe', Buffer.from('2'), { ...write, askUnsafe: async () => assert.fail('safe') });
  });

  it('writes a file that is mounted by itself in place, and leaves no draft of it or of an earlier save', async () => {
    const { files } = world;
    const host = join(world.folder, 'alone.conf');
    writeFileSync(host, 'old');
    const owner = await world.container({ host: { Binds: [`${host}:/conf/alone.conf`] } });
    const draft = `.docknotes-${createHash('sha256').update('alone.conf').digest('hex').slice(0, 10)}`;
    await world.sh(
      owner,
      `cd /conf; echo x > ${draft}-dead; echo x > ${draft}-kept-dead; echo x > .docknotes-other; echo 1 > f`,
    );
    assert.deepEqual(await files.write(owner, '/conf/alone.conf', Buffer.from('new'), write), { inPlace: true });
    assert.equal(readFileSync(host, 'utf8'), 'new');
    assert.deepEqual(await files.write(owner, '/conf/f', Buffer.from('2'), write), { inPlace: false });
    assert.equal(await world.sh(owner, 'ls -A /conf; cat /conf/f'), '.docknotes-other\nalone.conf\nf\n2');
    const locked = await world.container({ host: { ReadonlyRootfs: true, Binds: [`${host}:/etc/alone.conf`] } });
    const asked: string[] = [];
    const askUnsafe = async (reason: string) => void asked.push(reason);
    const result = await files.write(locked, '/etc/alone.conf', Buffer.from('locked'), { ...write, askUnsafe });
    assert.deepEqual([result, asked], [{ inPlace: true }, ['no-shell']]);
    assert.equal(readFileSync(host, 'utf8'), 'locked');
  });

  it('says that a read-only mount is one', async () => {
    const volume = await world.volume();
    const owner = await world.container({
      host: { Mounts: [{ Type: 'volume', Source: volume.name, Target: '/ro', ReadOnly: true }] },
    });
    await assert.rejects(world.files.write(owner, '/ro/x', Buffer.from('x'), write), code('read-only'));
  });

  for (const start of [true, false]) {
    it(`lists hostile names as they are: ${start}`, async () => {
      const owner = await (start ? world.shared() : world.container());
      // printf makes the bytes: a line end and a forged record, quotes, a bell, not UTF-8, right-to-left, a leading dash, a backslash.
      await world.sh(
        owner,
        `mkdir /odd; cd /odd
for name in 'a\\n81a4 0 0 9 9 forged' "it\\047s \\042q\\042" 'bell\\007' 'bad\\377utf' 'x\\342\\200\\256txt.exe' '-rf' 'back\\134slash' ' $(id) ; *' '...' '.hidden' '%%s%%n'; do
  n=$(printf "$name."); n=\${n%.}; echo hi > "./$n"
done`,
      );
      if (!start) {
        await world.api('POST', `/containers/${owner.id}/kill`);
      }
      const { entries } = await world.files.list(owner, '/odd');
      const names = entries.map(({ name }) => name).sort();
      assert.deepEqual(
        names,
        [
          'a\n81a4 0 0 9 9 forged',
          'it\'s "q"',
          'bell\u0007',
          'bad\ufffdutf',
          'x\u202etxt.exe',
          '-rf',
          'back\\slash',
          ' $(id) ; *',
          '...',
          '.hidden',
          '%s%n',
        ].sort(),
      );
      assert.ok(entries.every(({ kind, size }) => kind === 'file' && size === 3));
      for (const { name, unnameable } of entries) {
        assert.equal(unnameable, name.includes('\ufffd') ? true : undefined);
      }
      const named = entries.filter(({ unnameable }) => !unnameable);
      await Promise.all(
        named.map(async ({ name }) => {
          assert.equal(text(await world.files.read(owner, `/odd/${name}`, { limit })), 'hi\n', name);
          await world.files.write(owner, `/odd/${name}`, Buffer.from('ho'), write);
          assert.equal((await world.files.stat(owner, `/odd/${name}`)).size, 2, name);
        }),
      );
      if (start) {
        await Promise.all(named.map(({ name }) => world.files.remove(owner, `/odd/${name}`, { recursive: true })));
        assert.equal((await world.files.list(owner, '/odd')).entries.length, 1);
      }
    });
  }

  it('lists many files', async () => {
    const count = way.full ? 20_000 : 1_000;
    const owner = await world.shared();
    await world.sh(owner, `mkdir /many; cd /many; i=0; while [ $i -lt ${count} ]; do : > f$i; i=$((i+1)); done`);
    const { entries, complete } = await world.files.list(owner, '/many');
    assert.ok(complete);
    assert.equal(new Set(entries.map(({ name }) => name)).size, count);
  });

  it('lists a part of a folder that is too large for its tar stream, and says so', async () => {
    const owner = await world.container();
    await world.sh(owner, 'mkdir /x /x/a /x/z; dd if=/dev/zero of=/x/a/big bs=1M count=250 2>/dev/null');
    assert.ok((await world.files.list(owner, '/x')).complete);
    await world.api('POST', `/containers/${owner.id}/kill`);
    const { entries, complete } = await world.files.list(owner, '/x');
    assert.equal(complete, false);
    assert.equal(entries[0]?.name, 'a');
    const start = Date.now();
    await world.files.list(owner, '/x');
    assert.ok(Date.now() - start < 200, 'a listing that took long is kept for a while');
  });

  it('knows a container that is gone, and a cancelled request', async () => {
    const owner = { type: 'container' as const, id: 'f'.repeat(64) };
    await assert.rejects(world.files.list(owner, '/'), /no such container/i);
    const stopped = await world.container({ start: false });
    await assert.rejects(
      world.files.list(stopped, '/', { signal: AbortSignal.abort() }),
      (error: Error) => error.name === 'Cancelled',
    );
  });
});
