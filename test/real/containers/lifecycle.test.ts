// The life of containers, images, volumes and networks, and a look at them, through a real engine, on every way to one.

import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'mocha';
import type { Connection } from '../../../src/engine/connect.ts';
import type { EngineClient } from '../../../src/engine/types.ts';
import { readStats } from '../../../src/model/containers/stats.ts';
import { Cancelled } from '../../../src/model/errors.ts';
import { baseReference, ensureBaseImage } from '../../parts/engine/images.ts';
import { temporaryFolder } from '../../parts/machine/temporary.ts';
import { until } from '../../parts/until.ts';
import { type Backend, type Door, describeWays, testsOf } from '../ways.ts';

const { signal } = new AbortController();

describeWays('life', function (way) {
  this.timeout(60_000);
  const it = testsOf(way);
  const made: string[] = [];
  const folder = temporaryFolder('life');
  let backend: Backend;
  let door: Door;
  let connection: Connection;
  let client: EngineClient;

  before(async function () {
    if (way.why()) {
      this.skip();
    }
    backend = await way.backend();
    await ensureBaseImage(backend.api);
    door = await way.to(backend.url);
    connection = await door.connect();
    client = connection.client;
  });

  after(async () => {
    connection?.dispose();
    for (const path of made.reverse()) {
      await backend.api('DELETE', path).catch(() => undefined);
    }
    await door?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function create(name: string, command = ['sleep', '600'], more: object = {}): Promise<string> {
    const { id } = await client.containers.create({ image: baseReference, name, command, ...more });
    made.push(`/containers/${id}?force=1&v=1`);
    return id;
  }

  async function inspect(id: string) {
    return (await client.containers.inspect(id)).raw as {
      Name: string;
      State: { Status: string };
      HostConfig: { Memory: number; NanoCpus: number; RestartPolicy: { Name: string } };
      NetworkSettings: { Networks: Record<string, { IPAddress: string; Aliases: string[] | null }> };
    };
  }

  it('pauses, goes on, renames, kills and waits', async () => {
    const id = await create('dn-life-steps', ['sh', '-c', 'trap "exit 7" USR1; while :; do sleep 0.05; done']);
    await client.containers.start(id);
    await client.containers.pause(id);
    // The engine answers a moment before it has noted the state itself.
    await until('the pause to be noted', async () => (await inspect(id)).State.Status === 'paused');
    await client.containers.unpause(id);
    await client.containers.rename(id, 'dn-life-renamed');
    assert.equal((await inspect(id)).Name.replace('/', ''), 'dn-life-renamed');
    const waiting = client.containers.wait(id, signal);
    const stop = new AbortController();
    const given = client.containers.wait(id, stop.signal);
    stop.abort();
    await assert.rejects(given, Cancelled);
    await client.containers.kill(id, 'USR1');
    assert.equal(await waiting, 7);
    assert.equal(await client.containers.wait(id, signal), 7);
  });

  it('changes limits and the restart policy', async () => {
    const id = await create('dn-life-update');
    await client.containers.update(id, { memory: '64m', cpus: '0.5' });
    await client.containers.update(id, { restart: 'unless-stopped' });
    const { HostConfig } = await inspect(id);
    assert.deepEqual(
      [HostConfig.Memory, HostConfig.NanoCpus, HostConfig.RestartPolicy.Name],
      [64 * 1024 * 1024, 500_000_000, 'unless-stopped'],
    );
  });

  it('makes an image of a container, and tells its history', async () => {
    const id = await create('dn-life-commit', ['sh', '-c', 'echo one > /new']);
    await client.containers.start(id);
    await client.containers.wait(id, signal);
    const ref = 'dn-life-committed:1';
    const image = await client.containers.commit(id, {
      ref,
      message: 'a new file',
      author: 'Somebody',
      changes: ['CMD ["cat", "/new"]'],
    });
    made.push(`/images/${ref}?force=1`);
    const { command, tags } = await client.images.inspect(image.id);
    assert.deepEqual([command, tags], [['cat', '/new'], [way.named(ref)]]);
    const history = await client.images.history(ref);
    assert.ok(history.length >= 2 && history.every(({ created }) => created > 0));
  });

  it('tells the message of a commit in the history', async () => {
    const ref = 'dn-life-message:1';
    await client.containers.commit(await create('dn-life-message'), { ref, message: 'a new file' });
    made.push(`/images/${ref}?force=1`);
    assert.equal((await client.images.history(ref))[0]?.comment, 'a new file');
  });

  it('saves a container and an image, and loads the image again', async () => {
    const id = await create('dn-life-save');
    const exported = await client.containers.export(id, join(folder, 'files.tar'), { signal });
    assert.ok(exported.bytes > 100_000);
    assert.ok(readFileSync(join(folder, 'files.tar')).includes('bin/busybox'));
    const ref = 'dn-life-saved:1';
    await client.images.tag(baseReference, ref);
    const file = join(folder, 'image.tar.gz');
    await client.images.save([ref], file, { signal });
    await client.images.remove(ref);
    assert.deepEqual((await client.images.load(file, { signal })).refs, [way.named(ref)]);
    made.push(`/images/${ref}`);
    assert.ok((await client.images.inspect(ref)).tags.includes(way.named(ref)));
  });

  it('makes and removes volumes', async () => {
    const { name } = await client.volumes.create({ name: 'dn-life-volume', labels: { a: 'b' } });
    assert.deepEqual((({ Labels }) => Labels)((await client.volumes.inspect(name)) as { Labels: object }), { a: 'b' });
    await client.volumes.remove(name);
    await assert.rejects(client.volumes.inspect(name), /no such volume/i);
  });

  it('makes networks, and connects containers to them', async () => {
    const { id } = await client.networks.create({
      name: 'dn-life-network',
      subnets: ['10.78.5.0/24'],
      gateways: ['10.78.5.1'],
      labels: { a: 'b' },
    });
    made.push(`/networks/${id}`);
    const container = await create('dn-life-joined');
    await client.containers.start(container);
    await client.networks.connect(id, container, { aliases: ['www'], ip: '10.78.5.9' });
    const joined = (await inspect(container)).NetworkSettings.Networks['dn-life-network'];
    assert.ok(joined?.IPAddress === '10.78.5.9' && joined.Aliases?.includes('www'), JSON.stringify(joined));
    await client.networks.disconnect(id, container);
    assert.equal((await inspect(container)).NetworkSettings.Networks['dn-life-network'], undefined);
    await client.networks.remove(id);
    await assert.rejects(client.networks.inspect(id), /not found|no such network|unable to find/i);
  });

  it('measures the disk, and prunes what nobody uses', async () => {
    const { name } = await client.volumes.create({});
    made.push(`/volumes/${name}`);
    const used = await client.system.diskUsage();
    assert.ok(used.images.some(({ tags }) => tags.includes(way.named(baseReference))));
    const volume = used.volumes.find((each) => each.name === name);
    assert.ok(volume);
    const { removed } = await client.system.prune('volumes');
    assert.equal(removed.includes(name), volume.anonymous);
  });

  it('tells of processes, changed files and figures', async () => {
    const id = await create('dn-life-look', ['sh', '-c', 'echo x > /made; rm /etc/group; sleep 600']);
    await client.containers.start(id);
    await until('the changes', async () =>
      (await client.containers.changes(id)).some(({ path, kind }) => path === '/etc/group' && kind === 'deleted'),
    );
    assert.ok((await client.containers.changes(id)).some(({ path, kind }) => path === '/made' && kind === 'added'));
    const { titles, rows } = await client.containers.top(id);
    const column = titles.findIndex((title) => /^(CMD|COMMAND)$/i.test(title));
    assert.ok(
      rows.some((row) => /sleep 600/.test(row[column] ?? '')),
      JSON.stringify({ titles, rows }),
    );
    const stop = new AbortController();
    const samples: unknown[] = [];
    const following = client.containers.stats(
      id,
      (raw) => {
        samples.push(raw);
        if (samples.length === 2) {
          stop.abort();
        }
      },
      stop.signal,
    );
    await assert.rejects(following, Cancelled);
    const { time, memory, processes } = readStats(samples[1]);
    assert.ok(time > 0 && memory > 0 && processes > 0, JSON.stringify(samples[1]));
  });
});
