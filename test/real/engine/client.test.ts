// Everything that the product asks of an engine, asked of a real one; and what goes wrong, in words.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { after, before, describe } from 'mocha';
import type { Engine, EngineClient, LayerProgress, Session } from '../../../src/engine/types.ts';
import { EngineError } from '../../../src/model/engines/error.ts';
import { explain, explainExec } from '../../../src/model/engines/help.ts';
import { Cancelled } from '../../../src/model/errors.ts';
import { type DockerApi, removeAll } from '../../parts/engine/api.ts';
import { ensureBaseImage, ensureShellLessImage, shellLessReference } from '../../parts/engine/images.ts';
import { tar } from '../../parts/machine/tar.ts';
import { realParts } from '../../parts/run/environment.ts';
import { until } from '../../parts/until.ts';
import { type Backend, type Door, describeWays, testsOf } from '../ways.ts';

describeWays('client', function (way) {
  this.timeout(60_000);
  const parts = realParts();
  const it = testsOf(way);
  const made: string[] = [];
  let backend: Backend;
  let door: Door;
  let api: DockerApi;
  let engine: Engine;
  let client: EngineClient;

  before(async function () {
    if (way.why()) {
      this.skip();
    }
    backend = await way.backend();
    api = backend.api;
    await ensureBaseImage(api);
    await ensureShellLessImage(api);
    door = await way.to(backend.url);
    engine = door.open();
    client = await engine.client();
  });

  after(async () => {
    engine?.dispose();
    await removeAll(api, made);
    await door?.stop();
  });

  async function run(options: Partial<Parameters<EngineClient['containers']['create']>[0]>): Promise<string> {
    const { id } = await client.containers.create({ image: 'busybox', command: ['sleep', '600'], ...options });
    made.push(`/containers/${id}?force=1&v=1`);
    await client.containers.start(id);
    return id;
  }

  /** All output of a session, and its exit code. */
  async function read(session: Session): Promise<{ stdout: string; stderr: string; code: number | undefined }> {
    const seen = { stdout: '', stderr: '' };
    session.onOutput((data, stream) => {
      seen[stream] += Buffer.from(data).toString();
    });
    return { code: await session.ended, ...seen };
  }

  async function failure(work: Promise<unknown>): Promise<ReturnType<typeof explain>> {
    const error = await work.then(
      () => assert.fail('it did not fail'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof EngineError, String(error));
    return explain(error);
  }

  describe('life', () => {
    it('creates, starts, stops, restarts and removes', async () => {
      const id = await run({
        name: 'dn-client-life',
        env: ['A=1'],
        labels: { l: 'x' },
        ports: ['127.0.0.1::80'],
        volumes: ['/data'],
      });
      const details = await client.containers.inspect('dn-client-life');
      assert.equal(details.id, id);
      assert.ok(details.running);
      const raw = details.raw as { Config: { Env: string[]; Labels: object }; HostConfig: { PortBindings: object } };
      assert.ok(raw.Config.Env.includes('A=1'));
      assert.deepEqual(Object.keys(raw.HostConfig.PortBindings), ['80/tcp']);
      await client.containers.stop(id, { timeout: 0 });
      await client.containers.stop(id);
      assert.equal((await client.containers.inspect(id)).running, false);
      await client.containers.restart(id, { timeout: 0 });
      await client.containers.start(id);
      await client.containers.remove(id, { force: true, volumes: true });
      assert.equal((await failure(client.containers.inspect(id))).code, 'no-such-container');
    });

    it('says which name is taken', async () => {
      await run({ name: 'dn-client-name' });
      const { code, message } = await failure(client.containers.create({ image: 'busybox', name: 'dn-client-name' }));
      assert.equal(code, 'name-in-use');
      assert.match(message, /dn-client-name/);
    });

    it('says which port is taken', async () => {
      const server = net.createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as net.AddressInfo;
      try {
        const { code, message } = await failure(run({ ports: [`127.0.0.1:${port}:80`] }));
        assert.equal(code, 'port-allocated');
        assert.ok(message.includes(String(port)), message);
      } finally {
        server.close();
      }
    });

    it('says what is not there', async () => {
      const { code, message } = await failure(client.containers.create({ image: 'dn-nothing:1' }));
      assert.equal(code, 'no-such-image', `says: ${message}`);
      assert.equal((await failure(client.containers.start('dn-nothing'))).code, 'no-such-container');
      assert.equal((await failure(client.images.inspect('dn-nothing'))).code, 'no-such-image');
      assert.equal((await failure(client.images.tag('busybox', 'UPPER:1'))).code, 'bad-reference');
      await failure(client.containers.remove('../images/busybox'));
      await failure(client.images.remove('../containers/x'));
    });
  });

  describe('exec', () => {
    let id: string;
    before(async () => {
      id = await run({ name: 'dn-client-exec' });
    });

    it('keeps output and errors apart and gives the exit code', async () => {
      const session = await client.containers.exec(id, { command: ['sh', '-c', 'echo out; echo err >&2; exit 7'] });
      assert.deepEqual(await read(session), { stdout: 'out\n', stderr: 'err\n', code: 7 });
    });

    it('gives input, directory, user and variables', async () => {
      const command = ['sh', '-c', 'cat; pwd; id -u; echo $X'];
      const session = await client.containers.exec(id, {
        command,
        input: true,
        workdir: '/bin',
        user: '7',
        env: ['X=y'],
      });
      session.write('in €\n');
      session.end();
      assert.deepEqual(await read(session), { stdout: 'in €\n/bin\n7\ny\n', stderr: '', code: 0 });
    });

    it('takes a megabyte of input', async () => {
      const session = await client.containers.exec(id, { command: ['wc', '-c'], input: true });
      session.write(Buffer.alloc(1024 * 1024, 'x'));
      session.end();
      assert.equal((await read(session)).stdout.trim(), String(1024 * 1024));
    });

    it('has a terminal of the wanted size', async () => {
      const session = await client.containers.exec(id, { command: ['sh'], terminal: true, input: true });
      const reading = read(session);
      await session.resize(101, 33);
      session.write('stty size; exit 3\n');
      const { stdout, code } = await reading;
      assert.match(stdout, /33 101/);
      assert.equal(code, 3);
      await session.resize(80, 24);
    });

    it('interrupts with Ctrl-C', async () => {
      const session = await client.containers.exec(id, {
        command: ['sh', '-c', 'echo up; sleep 600'],
        terminal: true,
        input: true,
      });
      let output = '';
      session.onOutput((data) => {
        output += Buffer.from(data);
        if (output.includes('up')) {
          session.write('\u0003');
        }
      });
      assert.equal(await session.ended, 130);
    });

    it('loses nothing that comes before somebody listens', async () => {
      const session = await client.containers.exec(id, { command: ['echo', 'early'] });
      await until('the process to have ended', async () => (await client.containers.inspect(id)).running);
      assert.equal((await read(session)).stdout, 'early\n');
    });

    it('explains a container without a shell', async () => {
      const { id: bare } = await client.containers.create({ image: shellLessReference });
      made.push(`/containers/${bare}?force=1`);
      await client.containers.start(bare);
      const { code, stdout, stderr } = await read(await client.containers.exec(bare, { command: ['sh'] }));
      assert.equal(explainExec(code, stdout + stderr)?.code, 'no-such-command');
      assert.equal(await client.containers.pathExists(bare, '/bin/sh'), false);
      assert.equal(await client.containers.pathExists(bare, '/sleep'), true);
      await assert.rejects(client.containers.pathExists('dn-nothing', '/'), EngineError);
    });

    it('ends when it is disposed, and when the container is removed', async () => {
      const disposed = await client.containers.exec(id, { command: ['sleep', '600'], terminal: true, input: true });
      disposed.onOutput(() => {});
      disposed.dispose();
      assert.equal(await disposed.ended, undefined);
      const doomed = await run({});
      const command = ['sh', '-c', 'echo up; sleep 600'];
      const session = await client.containers.exec(doomed, { command, terminal: true, input: true });
      await new Promise<void>((resolve) => session.onOutput(() => resolve()));
      await client.containers.remove(doomed, { force: true });
      const code = await session.ended;
      assert.ok(code === undefined || code === 137, String(code));
      session.write('nobody reads this');
    });

    it('says that the container does not run', async () => {
      const { id: stopped } = await client.containers.create({ image: 'busybox' });
      made.push(`/containers/${stopped}`);
      assert.equal((await failure(client.containers.exec(stopped, { command: ['sh'] }))).code, 'not-running');
    });
  });

  describe('attach and logs', () => {
    it('misses nothing of a container that removes itself', async () => {
      const { id } = await client.containers.create({
        image: 'busybox',
        command: ['sh', '-c', 'read line; echo "got $line"; exit 5'],
        interactive: true,
        remove: true,
      });
      const session = await client.containers.attach(id, { terminal: true, input: true });
      const reading = read(session);
      await client.containers.start(id);
      session.write('hello\n');
      const { stdout, code } = await reading;
      assert.match(stdout, /got hello/);
      assert.ok(code === 5 || 'gives the exit code of a container that removes itself' in way.lacks, String(code));
    });

    it('leaves a container that goes on', async () => {
      const id = await run({ interactive: true, command: ['cat'] });
      const session = await client.containers.attach(id, { terminal: true, input: true });
      const reading = read(session);
      session.write('\u0010\u0011');
      assert.equal((await reading).code, undefined);
      assert.ok((await client.containers.inspect(id)).running);
    });

    it('tells how a container ended that was killed while one was attached, every time', async () => {
      for (let round = 0; round < 5; round += 1) {
        const id = await run({ interactive: true, command: ['sleep', '600'] });
        const reading = read(await client.containers.attach(id, { terminal: true, input: true }));
        await client.containers.kill(id, 'KILL');
        assert.equal((await reading).code, 137);
      }
    });

    for (const interactive of [false, true]) {
      it(`follows logs ${interactive ? 'of a terminal' : 'of both streams'}`, async () => {
        const command = ['sh', '-c', 'echo one; echo two >&2; while [ ! -e /go ]; do sleep 0.05; done; echo three'];
        const id = await run({ command, interactive });
        const session = await client.containers.logs(id, { follow: true }, new AbortController().signal);
        let output = '';
        const streams = new Set<string>();
        session.onOutput((data, stream) => {
          output += Buffer.from(data);
          streams.add(stream);
        });
        await until('the first lines', () => output.includes('two'));
        await read(await client.containers.exec(id, { command: ['touch', '/go'] }));
        await session.ended;
        assert.deepEqual(output.split(/\r?\n/).sort(), ['', 'one', 'three', 'two']);
        assert.equal(streams.size, interactive ? 1 : 2);
        const tail = await read(
          await client.containers.logs(id, { follow: false, tail: 1, timestamps: true }, new AbortController().signal),
        );
        assert.match(tail.stdout, /^\d{4}-\d\d-\d\dT\S+ three\r?\n$/);
      });
    }

    it('stops following when it is told to', async () => {
      const id = await run({ command: ['sh', '-c', 'while true; do echo tick; sleep 0.02; done'] });
      const abort = new AbortController();
      const session = await client.containers.logs(id, { follow: true }, abort.signal);
      session.onOutput(() => abort.abort());
      await session.ended;
      await assert.rejects(client.containers.logs(id, { follow: true }, abort.signal), Cancelled);
    });
  });

  describe('images', () => {
    const ref = `${parts.registry}/dn-client/box:1`;
    const locked = `${parts.loginRegistry}/dn-client/box:1`;
    const { signal } = new AbortController();
    const quiet = 'tells of layers, and the digest of what was pulled' in way.lacks;

    after(async () => {
      await Promise.allSettled([ref, locked].map((each) => client.images.remove(each, { force: true })));
    });

    it('tells what an image is', async () => {
      const { tags, command, platform, size } = await client.images.inspect('busybox');
      assert.ok(tags.includes(way.named('busybox:latest')), String(tags));
      assert.deepEqual(command, ['sh']);
      assert.match(platform, /^linux\//);
      assert.ok(size > 100_000);
    });

    it('tags, pushes with progress, removes and pulls back', async () => {
      await client.images.tag('busybox', ref);
      const lines: LayerProgress[] = [];
      const pushed = await client.images.push(ref, { signal, onProgress: (line) => lines.push(line) });
      assert.match(pushed.digest ?? '', /^sha256:[0-9a-f]{64}$/);
      assert.ok(quiet || lines.some(({ layer }) => layer));
      await until(
        async () =>
          quiet ||
          (await client.images.inspect(ref)).digests.includes(`${parts.registry}/dn-client/box@${pushed.digest}`),
      );
      const removed = await client.images.remove(ref);
      assert.ok(removed.untagged.includes(ref));
      assert.deepEqual(await client.images.pull(ref, { signal }), quiet ? {} : pushed);
      assert.deepEqual(
        await client.images.pull(`${parts.registry}/dn-client/box@${pushed.digest}`, { signal }),
        quiet ? {} : pushed,
      );
      assert.ok((await client.images.inspect(ref)).tags.includes(ref));
    });

    it('fails with the words of a registry that wants a login, and succeeds with one', async () => {
      await client.images.tag('busybox', locked);
      assert.equal((await failure(client.images.push(locked, { signal }))).code, 'login-required');
      const serverAddress = parts.loginRegistry;
      const auth = { username: parts.user, password: parts.password, serverAddress };
      await failure(client.images.push(locked, { signal, auth: { ...auth, password: 'wrong' } }));
      assert.ok((await client.images.push(locked, { signal, auth })).digest);
      assert.equal((await failure(client.images.pull(locked, { signal }))).code, 'login-required');
      assert.ok((await client.images.pull(locked, { signal, auth })).digest || quiet);
    });

    it('says what cannot be pulled or pushed', async () => {
      assert.equal(
        (await failure(client.images.pull(`${parts.registry}/dn-client/box:nope`, { signal }))).code,
        'tag-not-found',
      );
      const unknown = await failure(client.images.push(`${parts.registry}/dn-client/nope:1`, { signal }));
      assert.match(unknown.code, /^(tag-not-found|no-such-image)$/, unknown.message);
      assert.equal((await failure(client.images.pull('127.0.0.1:1/a:1', { signal }))).code, 'registry-unreachable');
      await failure(client.images.pull('Not A Name', { signal }));
    });

    it('cancels a push at once', async () => {
      const content = Buffer.alloc(48 * 1024 * 1024);
      for (let at = 0; at < content.length; at += 8) {
        content.writeDoubleLE(Math.random(), at);
      }
      const big = `${parts.registry}/dn-client/big:1`;
      await way.importImage(api, big, tar([{ path: 'big', content, mode: 0o644 }]));
      made.push(`/images/${big}`);
      const abort = new AbortController();
      const pushing = client.images.push(big, { signal: abort.signal, onProgress: () => abort.abort() });
      await assert.rejects(pushing, Cancelled);
      await assert.rejects(client.images.pull(big, { signal: abort.signal }), Cancelled);
    });

    it('says which container uses an image', async () => {
      await way.importImage(
        api,
        'dn-client-used:1',
        tar([{ path: 'file', content: Buffer.from('used'), mode: 0o644 }]),
      );
      const { id } = await client.containers.create({ image: 'dn-client-used:1', command: ['x'] });
      const { code, message } = await failure(client.images.remove('dn-client-used:1'));
      assert.equal(code, 'image-in-use');
      assert.ok('names the container that uses an image' in way.lacks || message.includes(id.slice(0, 12)), message);
      await client.containers.remove(id);
      await client.images.remove('dn-client-used:1');
    });
  });
});
