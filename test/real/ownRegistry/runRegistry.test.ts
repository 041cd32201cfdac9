import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:https';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { type RunRegistryOptions, runRegistry } from '../../../src/commands/registries/runRegistry.ts';
import { explain } from '../../../src/model/engines/help.ts';
import { Cancelled, UserError } from '../../../src/model/errors.ts';
import { type DockerApi, dockerApi } from '../../parts/dockerApi.ts';
import { realParts } from '../../parts/environment.ts';
import { baseFiles, baseReference, ensureBaseImage, importImage } from '../../parts/images.ts';
import { capture, freePort } from '../../parts/process.ts';
import { tar } from '../../parts/tar.ts';
import { temporaryFolder } from '../../parts/temporary.ts';
import { ensureRegistryImage, registryImage } from './image.ts';
import { type Bench, createBench } from './support.ts';

const login = { username: 'alice', password: 'Corr3ct-horse' };

describe("a registry of one's own", function () {
  this.timeout(60_000);
  /** Whether the image of the registry was not there before. */
  let imageMade = false;
  let url: string;
  let api: DockerApi;
  let folder: string;
  let bench: Bench;
  let options: RunRegistryOptions & { port: number; name: string; folder: string };
  const signal = new AbortController().signal;

  before(async () => {
    url = realParts().engine;
    api = dockerApi(url);
    [imageMade] = await Promise.all([ensureRegistryImage(api), ensureBaseImage(api)]);
  });
  after(async () => {
    if (imageMade) {
      await api('DELETE', `/images/${registryImage}?force=1`);
    }
  });
  beforeEach(async () => {
    folder = temporaryFolder('own');
    bench = createBench(url);
    options = {
      name: `own-${process.pid}-${Date.now()}`,
      port: await freePort(),
      folder: join(folder, 'certificates'),
      names: ['registry.lab', 'localhost'],
    };
  });
  afterEach(async () => {
    bench.dispose();
    await api('DELETE', `/containers/${options.name}?force=1&v=1`).catch(() => undefined);
    await api('DELETE', `/volumes/${options.name}?force=1`).catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  });

  const inspect = async (name = options.name) =>
    (await api('GET', `/containers/${name}/json`)).json<{
      Id: string;
      Config: { Env: string[]; Image: string };
      HostConfig: { RestartPolicy: { Name: string }; PortBindings: Record<string, { HostIp: string }[]> };
      Mounts: { Type: string; Name: string; Destination: string }[];
    }>();
  const isThere = (name = options.name) =>
    inspect(name).then(
      () => true,
      () => false,
    );

  describe('with https and a login', () => {
    let made: Awaited<ReturnType<typeof runRegistry>>;
    beforeEach(async () => {
      made = await runRegistry(bench.app, undefined, { ...options, ...login });
    });

    it('runs as it was asked for, with its data in a volume', async () => {
      assert.equal(made.registry, `localhost:${options.port}`);
      assert.equal(made.ca, join(options.folder, 'ca.crt'));
      const { Id, Config, HostConfig, Mounts } = await inspect();
      assert.equal(Id, made.id);
      assert.equal(Config.Image, 'registry:2');
      assert.equal(HostConfig.RestartPolicy.Name, 'always');
      assert.deepEqual(
        Mounts.map(({ Type, Name, Destination }) => [Type, Name, Destination]),
        [['volume', options.name, '/var/lib/registry']],
      );
      assert.deepEqual(
        bench.app.registries.list().map(({ address, scheme }) => [address, scheme]),
        [[made.registry, 'https']],
      );
    });

    it('has a certificate that openssl accepts for every name', async () => {
      const ca = made.ca ?? '';
      const server = join(options.folder, 'server.crt');
      await capture('openssl', ['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', ca, server]);
      const names = await capture('openssl', ['x509', '-in', server, '-noout', '-ext', 'subjectAltName']);
      for (const name of ['DNS:registry.lab', 'DNS:localhost', 'IP Address:127.0.0.1', 'IP Address:0:0:0:0:0:0:0:1']) {
        assert.ok(names.includes(name), `${name} in ${names}`);
      }
      for (const name of ['registry.lab', 'localhost']) {
        await capture('openssl', [
          ...['s_client', '-connect', `127.0.0.1:${options.port}`, '-servername', name],
          ...['-verify_hostname', name, '-verify_return_error', '-CAfile', ca],
        ]);
      }
      await assert.rejects(
        capture('openssl', [
          ...['s_client', '-connect', `127.0.0.1:${options.port}`, '-verify_hostname', 'other.lab'],
          ...['-verify_return_error', '-CAfile', ca],
        ]),
      );
    });

    it('keeps its keys from others', () => {
      assert.equal(statSync(options.folder).mode & 0o777, 0o700);
      for (const name of ['ca.key', 'server.key']) {
        assert.equal(statSync(join(options.folder, name)).mode & 0o777, 0o600, name);
      }
    });

    it('takes a push of the engine, lists it for us, and deletes it', async () => {
      const client = await bench.app.engine.client();
      const ref = `${made.registry}/team/box:1`;
      await client.images.tag(baseReference, ref);
      try {
        const auth = await bench.app.registries.authFor(made.registry);
        const { digest } = await client.images.push(ref, { signal, ...(auth && { auth }) });
        const names: string[] = [];
        for await (const page of bench.app.registries.repositories(made.registry, signal)) {
          names.push(...page);
        }
        assert.deepEqual(names, ['team/box']);
        assert.deepEqual((await bench.app.registries.tags(made.registry, 'team/box', signal)).names, ['1']);
        assert.equal(await status('DELETE', `/v2/team/box/manifests/${digest}`, login), 202);
      } finally {
        await client.images.remove(ref);
      }
    });

    it('refuses a wrong password, and anyone without one', async () => {
      assert.equal(await status('GET', '/v2/', login), 200);
      assert.equal(await status('GET', '/v2/', { ...login, password: 'wrong' }), 401);
      assert.equal(await status('GET', '/v2/'), 401);
      const other = createBench(url);
      try {
        const trustedCa = [readFileSync(made.ca ?? '', 'utf8')];
        const add = (password: string, username = login.username) =>
          other.app.registries.add(`https://${made.registry}`, { username, password, trustedCa }, signal);
        await assert.rejects(add('wrong'), { code: 'login-failed' });
        assert.deepEqual(other.app.registries.list(), []);
        await add(login.password);
      } finally {
        other.dispose();
      }
    });

    it('is trusted by the next session too, and not by one that was not told', async () => {
      const next = createBench(url, bench);
      const stranger = createBench(url);
      try {
        assert.deepEqual(await firstPage(next), []);
        await assert.rejects(stranger.app.registries.add(`https://${made.registry}`, login, signal), {
          code: 'unknown-ca',
        });
      } finally {
        next.dispose();
        stranger.dispose();
      }
    });

    it('is the same after a restart of its container', async () => {
      const client = await bench.app.engine.client();
      await client.containers.restart(made.id, { timeout: 1 });
      const deadline = Date.now() + 20_000;
      for (;;) {
        const answer = await status('GET', '/v2/', login).catch(() => 0);
        if (answer === 200) {
          return;
        }
        assert.ok(Date.now() < deadline, `it answers ${answer}`);
      }
    });

    it('leaves the password nowhere but in the secret storage', async () => {
      assert.ok([...bench.secrets.values()].some((text) => text.includes(login.password)));
      const container = await inspect();
      const top = (await api('GET', `/containers/${options.name}/top?ps_args=-ef`)).text;
      const kept = readdirSync(options.folder).map((name) => readFileSync(join(options.folder, name), 'utf8'));
      const all = [JSON.stringify(container), top, ...kept, ...bench.told, JSON.stringify([...bench.state])].join('\n');
      assert.equal(all.includes(login.password), false);
      assert.equal(all.includes(Buffer.from(Object.values(login).join(':')).toString('base64')), false);
      assert.equal(JSON.stringify(container.Config.Env).includes('$2'), false, 'the hash is no variable either');
    });

    it('gives its certificates to the next registry of the same folder', async () => {
      const before = readFileSync(made.ca ?? '', 'utf8');
      await api('DELETE', `/containers/${options.name}?force=1&v=1`);
      const again = await runRegistry(bench.app, undefined, options);
      assert.equal(readFileSync(again.ca ?? '', 'utf8'), before);
      assert.equal(await status('GET', '/v2/'), 200, 'no login was asked for this time');
    });

    it('does not replace a certificate that is for other names', async () => {
      await api('DELETE', `/containers/${options.name}?force=1&v=1`);
      const names = ['elsewhere.lab'];
      await assert.rejects(runRegistry(bench.app, undefined, { ...options, names }), {
        code: 'own-certificate-misfit',
      });
      assert.equal(await isThere(), false);
    });
  });

  it('speaks plain http to this machine alone when it is asked to', async () => {
    const { registry, ca } = await runRegistry(bench.app, undefined, {
      ...options,
      tls: false,
      deletion: false,
      restart: 'no',
    });
    assert.equal(ca, undefined);
    const { HostConfig, Config } = await inspect();
    assert.equal(HostConfig.PortBindings['5000/tcp']?.[0]?.HostIp, '127.0.0.1');
    assert.equal(HostConfig.RestartPolicy.Name, 'no');
    assert.ok(Config.Env.includes('REGISTRY_STORAGE_DELETE_ENABLED=false'));
    assert.deepEqual(await firstPage(bench), []);
    assert.equal(bench.app.registries.list()[0]?.address, registry);
  });

  it('is asked for step by step, with defaults that work', async () => {
    bench.answers = [
      ...['https with a login', 'registry.lab', login.username, login.password],
      ...['Port', String(options.port), 'Name', options.name, 'Certificates', options.folder, 'Deletion'],
      'Start the registry',
    ];
    const { registry } = await runRegistry(bench.app);
    assert.deepEqual(bench.answers, []);
    assert.equal(registry, `localhost:${options.port}`);
    assert.ok((await inspect()).Config.Env.includes('REGISTRY_STORAGE_DELETE_ENABLED=false'));
    const [page] = bench.pages;
    assert.match(page?.markdown ?? '', new RegExp(`/etc/docker/certs\\.d/registry\\.lab:${options.port}/ca\\.crt`));
    assert.match(page?.markdown ?? '', /([0-9A-F]{2}:){31}/);
    assert.ok(page?.markdown.includes(join(options.folder, 'ca.crt')));
  });

  it('asks before it makes a new certificate in a folder that has one for other names', async () => {
    await bench.app.ownRegistry.prepare({ names: ['other.lab'], folder: options.folder, deletion: true });
    const before = readFileSync(join(options.folder, 'ca.crt'), 'utf8');
    const prompts = ['https without a login', 'registry.lab', 'Port', String(options.port), 'Name', options.name];
    bench.answers = [...prompts, 'Certificates', options.folder, 'Start the registry', true];
    await runRegistry(bench.app);
    assert.ok(bench.told.includes('Make a new certificate for the registry?'));
    assert.equal(readFileSync(join(options.folder, 'ca.crt'), 'utf8'), before);
    assert.equal(await status('GET', '/v2/'), 200);
  });

  describe('that cannot be started', () => {
    const fails = async (given: RunRegistryOptions, code: string, words: RegExp) => {
      const error = await runRegistry(bench.app, undefined, given).then(() => undefined, explain);
      assert.ok(error instanceof UserError, 'it must fail');
      assert.equal(error.code, code, error.message);
      assert.match(error.message, words);
      assert.deepEqual(bench.app.registries.list(), []);
    };

    it('says that the port is taken, and leaves no container', async () => {
      const server: Server = createServer().listen(options.port, '0.0.0.0');
      try {
        await fails(options, 'port-allocated', new RegExp(String(options.port)));
        assert.equal(await isThere(), false);
      } finally {
        server.close();
      }
    });

    it('says that the name is taken, and leaves the container that has it', async () => {
      await api('POST', `/containers/create?name=${options.name}`, { Image: baseReference });
      const before = (await inspect()).Id;
      await fails(options, 'name-in-use', new RegExp(options.name));
      assert.equal((await inspect()).Id, before);
    });

    it('says that the image is missing and cannot be pulled', async () => {
      await fails({ ...options, image: '127.0.0.1:1/registry:2' }, 'own-no-image', /127\.0\.0\.1:1\/registry:2/);
      assert.equal(await isThere(), false);
    });

    it('shows the last words of a registry that ends at once, whatever its restart policy', async () => {
      await withImage('["/bin/sh", "-c", "echo no such storage; exit 3"]', async (image) => {
        for (const restart of ['no', 'always']) {
          await fails({ ...options, image, restart }, 'own-ended', /no such storage/);
          assert.equal(await isThere(), false);
        }
      });
    });

    it('says what answers in the place of a registry', async () => {
      await withImage('["/bin/busybox", "httpd", "-f", "-p", "5000", "-h", "/var/www"]', async (image) => {
        await fails({ ...options, image, tls: false }, 'own-unreachable', /not as a registry/);
        await fails({ ...options, image }, 'own-unreachable', /plain http/);
        assert.equal(await isThere(), false);
      });
    });

    it('leaves nothing when it is cancelled', async () => {
      bench.cancelAt = /first answer/;
      await assert.rejects(runRegistry(bench.app, undefined, options), Cancelled);
      assert.equal(await isThere(), false);
      assert.deepEqual(bench.app.registries.list(), []);
    });

    it('refuses what makes no sense before anything is made', async () => {
      await fails({ ...options, port: 70_000 }, 'bad-port', /70000/);
      await fails({ ...options, username: 'alice' }, 'own-login', /password/);
      await fails({ ...options, names: ['a b'] }, 'own-name', /a b/);
      await fails({ ...options, restart: 'sometimes' }, 'bad-restart', /sometimes/);
      await fails({ ...options, data: 'relative/folder' }, 'bad-volume', /relative/);
      await fails({ ...options, name: '../up' }, 'bad-name', /\.\.\/up/);
      assert.equal(await isThere(), false);
      assert.equal(existsSync(options.folder), false);
    });
  });

  /** An image of the base with another entry point, for a while. */
  async function withImage(entrypoint: string, use: (image: string) => Promise<void>): Promise<void> {
    const image = 'not-a-registry:1';
    await importImage(api, image, tar((await baseFiles()) ?? []), [`ENTRYPOINT ${entrypoint}`]);
    try {
      await use(image);
    } finally {
      await api('DELETE', `/images/${image}?force=1`);
    }
  }

  async function firstPage({ app }: Bench): Promise<string[]> {
    for await (const page of app.registries.repositories(`localhost:${options.port}`, signal)) {
      return page;
    }
    return [];
  }

  /** The status of a request that trusts the registry's CA. */
  function status(method: string, path: string, user?: typeof login): Promise<number> {
    return new Promise((resolve, reject) => {
      const outgoing = request({
        ...{ host: '127.0.0.1', port: options.port, method, path, agent: false },
        ca: readFileSync(join(options.folder, 'ca.crt')),
        ...(user ? { auth: Object.values(user).join(':') } : {}),
      });
      outgoing.once('error', reject);
      outgoing.once('response', (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      outgoing.end();
    });
  }
});
