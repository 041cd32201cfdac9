// What a container changed and its image's own files, its processes, and stops and updates as the engine really does them.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import { type Connection, connect } from '../../../src/engine/connect.ts';
import { readContainer } from '../../../src/engine/inventory/records.ts';
import { containerFacts } from '../../../src/model/containers/details.ts';
import { helperLabel } from '../../../src/model/containers/helpers.ts';
import { askedColumns, readProcesses } from '../../../src/model/containers/processes.ts';
import { Cancelled } from '../../../src/model/errors.ts';
import { changeTree } from '../../../src/model/files/changes.ts';
import { tooltipOf } from '../../../src/views/containers/tooltip.ts';
import { type DockerApi, dockerApi } from '../../parts/engine/api.ts';
import { baseReference, ensureBaseImage } from '../../parts/engine/images.ts';
import { realParts } from '../../parts/run/environment.ts';
import { until } from '../../parts/until.ts';

const limit = 1_000_000;

describe('a look at what a container changed', function () {
  this.timeout(60_000);
  let api: DockerApi;
  let connection: Connection;
  const made: string[] = [];
  before(async () => {
    const url = realParts().engine;
    api = dockerApi(url);
    await ensureBaseImage(api);
    connection = await connect({ url, source: 'setting' });
  });
  afterEach(async () => {
    for (const id of made.splice(0)) {
      await api('DELETE', `/containers/${id}?force=1&v=1`).catch(() => undefined);
    }
  });
  after(() => connection?.dispose());

  async function run(script: string, more: { host?: object; config?: object } = {}): Promise<string> {
    const body = { Image: baseReference, Cmd: ['sh', '-c', script], HostConfig: more.host ?? {}, ...more.config };
    const { Id } = (await api('POST', '/containers/create', body)).json<{ Id: string }>();
    made.push(Id);
    await api('POST', `/containers/${Id}/start`);
    return Id;
  }
  const inspect = async (id: string) =>
    (await api('GET', `/containers/${id}/json`)).json<{
      Image: string;
      State: { Status: string; ExitCode: number };
      HostConfig: Record<string, unknown>;
      RestartCount: number;
    }>();
  const helpers = async () => {
    const filters = encodeURIComponent(JSON.stringify({ label: [`${helperLabel}=true`] }));
    return (await api('GET', `/containers/json?all=1&filters=${filters}`)).json<unknown[]>().length;
  };
  const idle = 'trap "exit 0" TERM; while :; do sleep 1 & wait $!; done';

  it('is a tree, also of 12,000 files within seconds', async () => {
    const id = await run(
      'mkdir -p /srv/many; cd /srv/many; seq 12000 | xargs touch; rm /etc/group; echo x >> /etc/passwd; echo ready; sleep 1000',
    );
    await until('the files', async () => (await api('GET', `/containers/${id}/logs?stdout=1`)).text.includes('ready'));
    const tree = changeTree(await connection.client.containers.changes(id));
    const started = performance.now();
    assert.deepEqual(
      tree.below('/').map(({ label, kind }) => [label, kind]),
      [
        ['etc', undefined],
        ['srv/many', 'added'],
      ],
    );
    assert.deepEqual(
      tree.below('/etc').map(({ label, kind }) => [label, kind]),
      [
        ['group', 'deleted'],
        ['passwd', 'changed'],
      ],
    );
    assert.equal(tree.below('/srv/many').length, 12_000);
    assert.equal(tree.counts.added, 12_000);
    assert.ok(performance.now() - started < 1000);
  });

  it('reads files of the image through a container that is gone afterwards, whatever happens', async () => {
    const { client } = connection;
    const id = await run(`echo changed > /etc/passwd; rm /etc/group; ${idle}`);
    const { Image: image } = await inspect(id);
    const read = async (path: string, more: object = {}) => {
      const bytes = await client.images.readFile({ image, path, limit, ...more });
      return Buffer.from(bytes).toString();
    };
    const before = await helpers();
    assert.match(await read('/etc/passwd'), /^root:x:0:0/);
    assert.match(await read('/etc/group'), /^root:/);
    await assert.rejects(read('/etc/none'), { code: 'file-not-found' });
    await assert.rejects(read('/etc/passwd/none'), { code: 'file-not-found' });
    await assert.rejects(read('/etc'), { code: 'not-a-file' });
    await assert.rejects(read('/bin/sh'), { code: 'not-a-file' });
    await assert.rejects(read('/etc/passwd', { limit: 5 }), { code: 'file-too-large' });
    await assert.rejects(client.images.readFile({ image: 'sha256:0000', path: '/x', limit }), /no such image|sha256/i);
    assert.equal(await helpers(), before);
    for (const moment of [0, 5, 20, 40]) {
      const stop = new AbortController();
      const reading = read('/bin/busybox', { limit: 10_000_000, signal: stop.signal });
      setTimeout(() => stop.abort(), moment);
      await reading.catch((error: unknown) => assert.ok(error instanceof Cancelled, String(error)));
    }
    assert.equal(await helpers(), before);
  });

  it('leaves nothing of an image that declares volumes', async () => {
    const { client } = connection;
    const volumes = async () =>
      (await api('GET', '/volumes')).json<{ Volumes: unknown[] | null }>().Volumes?.length ?? 0;
    const source = await run(idle);
    const changes = encodeURIComponent('VOLUME /var/www');
    const made = (await api('POST', `/commit?container=${source}&changes=${changes}`)).json<{ Id: string }>();
    try {
      const before = await volumes();
      const bytes = await client.images.readFile({ image: made.Id, path: '/var/www/index.html', limit });
      assert.match(Buffer.from(bytes).toString(), /Sample/);
      assert.equal(await volumes(), before);
    } finally {
      await api('DELETE', `/images/${made.Id}`);
    }
  });

  it('lists processes with what is worth seeing of them', async () => {
    const id = await run(idle);
    const processes = await until('two processes', async () => {
      const found = readProcesses(await connection.client.containers.top(id, { columns: askedColumns[0] ?? '' }));
      return found.length === 2 && found;
    });
    const [main] = processes.filter(({ command }) => command.includes('trap'));
    assert.ok(main && main.pid > 0 && (main.memory ?? 0) > 10_000 && main.cpu !== undefined && main.user === 'root');
  });

  it('stops with a signal and a time, also where the engine knows no signal for it', async () => {
    const { client } = connection;
    const trapping = 'trap "exit 7" USR1; trap "" TERM; echo ready; while :; do sleep 1 & wait $!; done';
    const ready = (id: string) =>
      until('the trap', async () => (await api('GET', `/containers/${id}/logs?stdout=1`)).text.includes('ready'));
    const one = await run(trapping, { host: { RestartPolicy: { Name: 'always' } } });
    await ready(one);
    await client.containers.stop(one, { signal: 'SIGUSR1', timeout: 20 });
    // Whether its restart policy started it again in between is up to the engine; in the end it is stopped.
    assert.equal((await inspect(one)).State.Status, 'exited');
    const two = await run(trapping);
    await ready(two);
    await client.containers.stop(two, { signal: 'USR1' });
    assert.equal((await inspect(two)).State.ExitCode, 7);
    await client.containers.stop(two, { signal: 'USR1' });
    const three = await run(trapping);
    await ready(three);
    await client.containers.stop(three, { signal: 'SIGTERM', timeout: 1 });
    assert.equal((await inspect(three)).State.ExitCode, 137);
    await assert.rejects(client.containers.stop('no-such-container', { signal: 'SIGTERM' }), /no such container/i);
  });

  it('takes away the limits that the engine takes away, and says what stays', async () => {
    const { client } = connection;
    const id = await run(idle, {
      host: { Memory: 64 << 20, PidsLimit: 50, CpuQuota: 50_000, RestartPolicy: { Name: 'on-failure' } },
    });
    await client.containers.update(id, { pidsLimit: 0, memorySwap: '-1', cpus: '0', restart: 'no' });
    const { HostConfig } = await inspect(id);
    assert.deepEqual([HostConfig.MemorySwap, HostConfig.CpuQuota], [-1, -1]);
    const { restart, pids, cpus, memorySwap, memory } = containerFacts({ HostConfig });
    assert.deepEqual([restart, pids, cpus, memorySwap, memory], ['no', undefined, undefined, undefined, '64m']);
    // Swap without a limit stays while memory grows, which the engine refuses in one step.
    await client.containers.update(id, { memory: '256m', cpus: '0.5', pidsLimit: 20 });
    const after = (await inspect(id)).HostConfig;
    assert.deepEqual([after.Memory, after.MemorySwap, after.CpuQuota, after.PidsLimit], [256 << 20, -1, 50_000, 20]);
    await assert.rejects(client.containers.update(id, { memory: '0' }), { code: 'limit-stays' });
    const whole = await run(idle, { host: { NanoCpus: 500_000_000 } });
    await assert.rejects(client.containers.update(whole, { cpus: '0' }), { code: 'limit-stays' });
    await client.containers.update(whole, { cpus: '1' });
    assert.equal((await inspect(whole)).HostConfig.NanoCpus, 1e9);
  });

  it('tells all of a container in its tooltip', async () => {
    const id = await run('while :; do sleep 1; done', {
      host: {
        ...{ Memory: 64 << 20, NanoCpus: 500_000_000, PidsLimit: 50 },
        RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 },
        PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] },
        Mounts: [{ Type: 'tmpfs', Target: '/scratch' }],
        Binds: ['/tmp:/host:ro'],
      },
      config: {
        ExposedPorts: { '80/tcp': {} },
        Healthcheck: { Test: ['CMD-SHELL', 'echo no answer; exit 1'], Interval: 1e9, Retries: 1 },
      },
    });
    await until('its health', async () => JSON.stringify((await inspect(id)).State).includes('no answer'));
    const filters = encodeURIComponent(JSON.stringify({ id: [id] }));
    const [raw] = (await api('GET', `/containers/json?filters=${filters}`)).json<unknown[]>();
    const { object } = readContainer(raw);
    assert.ok(object);
    const facts = containerFacts((await connection.client.containers.inspect(id)).raw);
    const text = tooltipOf(object, facts, [], 'unix:///var/run/docker.sock');
    for (const part of [
      /Health: (unhealthy|starting)[^\n]*no answer/,
      /Image: busybox/,
      /Command: sh/,
      /Port: \[http:\/\/localhost:\d+\]\(http:\/\/localhost:\d+\) → 80\/tcp/,
      /Mount: [^\n]*\/host[^\n]*read/,
      /Mount: memory → \/scratch/,
      /Networks: bridge [\d\\.]+/,
      /Restart policy: on[^\n]*failure[^\n]*3/,
      /Limits: 64m of memory, 0[^\n]*5 CPUs, 50 processes/,
    ]) {
      assert.match(text, part);
    }
  });
});
