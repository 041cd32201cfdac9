// Files of volumes, which no container mounts, through a real engine.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'mocha';
import { createFiles } from '../../../src/engine/files/operations.ts';
import { helperLabel } from '../../../src/model/containers/helpers.ts';
import { tar } from '../../parts/machine/tar.ts';
import { describeWays, testsOf } from '../ways.ts';
import { code, createWorld, type World } from './world.ts';

const write = { create: true, overwrite: true };
const limit = 1_000_000;

describeWays('files of a volume', function (way) {
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

  const signal = new AbortController().signal;
  const helpers = async () => {
    const filters = encodeURIComponent(JSON.stringify({ label: [`${helperLabel}=true`] }));
    return (await world.api('GET', `/containers/json?all=1&filters=${filters}`)).json<
      { Id: string; State: string }[]
    >();
  };
  /** Everything that can be seen of the files in a folder, as text. */
  const picture = (owner: { id: string }, folder: string) =>
    world.sh(
      owner,
      `cd ${folder}; find . | sort | while read -r f; do stat -c "%n %F %a %u:%g %h %Y" "$f"; [ -f "$f" ] && md5sum < "$f"; [ -h "$f" ] && readlink "$f"; done 2>/dev/null; true`,
    );
  /** A volume with files of all kinds, an empty one, and a container that has them as /v and /other. */
  const filled = async () => {
    const [volume, other] = [await world.volume(), await world.volume()];
    const owner = await world.container({ host: { Binds: [`${volume.name}:/v`, `${other.name}:/other`] } });
    await world.sh(
      owner,
      'cd /v; mkdir -p a/b; echo hi > a/b/c; chown 12:34 a/b/c; chmod 2750 a; ln -s ../x a/up; ln -s /etc abs; ln a/b/c hard; mkfifo pipe; touch -d 2001-02-03 old; dd if=/dev/urandom of=big bs=1M count=5 2>/dev/null; chmod 1777 .; touch "sp ace" "$(printf "new\\nline")"',
    );
    return { volume, other, owner };
  };

  it('lists, reads, writes, creates, renames and deletes', async () => {
    const { files } = world;
    const volume = await world.volume();
    assert.deepEqual((await files.list(volume, '/')).entries, []);
    assert.deepEqual((({ kind, name }) => ({ kind, name }))(await files.stat(volume, '/')), {
      kind: 'folder',
      name: '/',
    });
    await files.createFolder(volume, '/conf');
    await files.write(volume, '/conf/a.ini', Buffer.from('a=1'), write);
    assert.equal(Buffer.from(await files.read(volume, '/conf/a.ini', { limit })).toString(), 'a=1');
    await files.rename(volume, '/conf/a.ini', '/b.ini', { overwrite: false });
    await files.remove(volume, '/conf', { recursive: false });
    assert.deepEqual(
      (await files.list(volume, '/')).entries.map(({ name, kind }) => [name, kind]),
      [['b.ini', 'file']],
    );
    await assert.rejects(files.remove(volume, '/', { recursive: true }), code('not-possible'));
    await assert.rejects(files.list({ type: 'volume', name: 'no_such_volume' }, '/'), /no such volume/i);
  });

  it('follows links inside the volume, and none out of it', async () => {
    const { files } = world;
    const volume = await world.volume();
    const owner = await world.container({ host: { Binds: [`${volume.name}:/v`] } });
    await world.sh(
      owner,
      'cd /v; mkdir d; echo in > d/f; ln -s d dl; ln -s /etc out; ln -s d/f fl; ln -s ../../etc/passwd up',
    );
    assert.equal(Buffer.from(await files.read(volume, '/dl/f', { limit })).toString(), 'in\n');
    await files.write(volume, '/fl', Buffer.from('changed'), write);
    assert.equal(await world.sh(owner, 'cat /v/d/f; readlink /v/fl'), 'changedd/f\n');
    assert.equal((await files.stat(volume, '/dl')).target, '/d');
    for (const path of ['/out/passwd', '/up']) {
      await assert.rejects(files.read(volume, path, { limit }), code('link-leaves-volume'));
      await assert.rejects(files.write(volume, path, Buffer.from('x'), write), code('link-leaves-volume'));
    }
    await assert.rejects(files.list(volume, '/out'), code('link-leaves-volume'));
    assert.equal((await files.stat(volume, '/out')).kind, 'link');
  });

  it('removes its helper when the volume is released, and takes a lost one for no failure', async () => {
    const { files } = world;
    const volume = await world.volume();
    const others = new Set((await helpers()).map(({ Id }) => Id));
    await files.list(volume, '/');
    const mine = (await helpers()).filter(({ Id }) => !others.has(Id));
    assert.deepEqual(
      mine.map(({ State }) => State),
      ['does not start the helper of a volume for a look' in way.lacks ? 'running' : 'created'],
    );
    await world.api('DELETE', `/containers/${mine[0]?.Id}?force=1`);
    await files.write(volume, '/again', Buffer.from('x'), write);
    await files.release(volume.name);
    assert.deepEqual(
      (await helpers()).filter(({ Id }) => !others.has(Id)),
      [],
    );
    await world.api('DELETE', `/volumes/${volume.name}`);
  });

  it('leaves the helpers of other windows alone when it sweeps', async () => {
    const volume = await world.volume();
    await world.files.list(volume, '/');
    const before = (await helpers()).length;
    const second = createFiles(world.connection.client.containers, world.connection.transport);
    await second.sweep();
    assert.equal((await helpers()).length, before);
    await second.dispose();
  });

  it('keeps an empty volume empty, whatever the image of the helper holds', async () => {
    const volume = await world.volume();
    await world.files.list(volume, '/');
    assert.deepEqual((await world.files.list(volume, '/')).entries, []);
  });

  for (const file of ['backup.tar', 'backup.tar.gz']) {
    it(`restores what it backed up: ${file}`, async () => {
      const { volume, other, owner } = await filled();
      const to = join(world.folder, file);
      const told: number[] = [];
      const saved = await world.files.backup(volume.name, to, { signal, onProgress: (bytes) => told.push(bytes) });
      assert.equal(saved.files, 6);
      assert.ok(told.length > 0);
      assert.equal(
        readFileSync(to)
          .subarray(0, 2)
          .equals(Buffer.from([0x1f, 0x8b])),
        file.endsWith('.gz'),
      );
      const restored = await world.files.restore(other.name, to, { signal });
      assert.equal(restored.files, 6);
      const expected = await picture(owner, '/v');
      assert.match(expected, /\.\/a directory 2750/);
      assert.match(expected, /\.\/pipe fifo/);
      assert.equal(await picture(owner, '/other'), expected);
      assert.match(expected, /^\. directory 1777/);
    });
  }

  it('creates the volume that it restores into', async () => {
    const name = `${(await world.volume()).name}-made`;
    const from = join(world.folder, 'small.tar');
    writeFileSync(from, tar([{ path: 'x', content: 'y' }]));
    await world.files.restore(name, from, { signal });
    assert.equal((await world.files.list({ type: 'volume', name }, '/')).entries[0]?.name, 'x');
    await world.files.release(name);
    await world.api('DELETE', `/volumes/${name}`);
  });

  it('restores nothing of a damaged, cut or hostile archive', async () => {
    const volume = await world.volume();
    const good = tar([
      { path: 'first', content: 'x'.repeat(2000) },
      { path: 'second', content: 'y' },
    ]);
    const flipped = Buffer.from(good);
    flipped[2600] = (flipped[2600] ?? 0) ^ 1;
    const cases: [string, Buffer, string][] = [
      ['cut.tar', good.subarray(0, 1500), 'bad-archive'],
      ['noend.tar', good.subarray(0, good.length - 1024), 'bad-archive'],
      ['flipped.tar', flipped, 'bad-archive'],
      ['text.tar', Buffer.from('this is no archive '.repeat(100)), 'bad-archive'],
      ['bad.tar.gz', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9]), 'bad-archive'],
      [
        'climbs.tar',
        tar([
          { path: 'ok', content: '1' },
          { path: '../../etc/evil', content: '2' },
        ]),
        'unsafe-archive',
      ],
    ];
    for (const [file, content, expected] of cases) {
      writeFileSync(join(world.folder, file), content);
      await assert.rejects(
        world.files.restore(volume.name, join(world.folder, file), { signal }),
        code(expected),
        file,
      );
    }
    await assert.rejects(
      world.files.restore(volume.name, join(world.folder, 'none.tar'), { signal }),
      code('local-file'),
    );
    assert.deepEqual((await world.files.list(volume, '/')).entries, []);
  });

  it('leaves no half backup behind', async () => {
    const { volume } = await filled();
    const folder = join(world.folder, 'half');
    mkdirSync(folder);
    const stop = new AbortController();
    await assert.rejects(
      world.files.backup(volume.name, join(folder, 'b.tar'), { signal: stop.signal, onProgress: () => stop.abort() }),
      (error: Error) => error.name === 'Cancelled',
    );
    assert.deepEqual(readdirSync(folder), []);
  });
});
