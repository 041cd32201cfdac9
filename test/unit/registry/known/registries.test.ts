import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createRegistries, type Registries, type RegistriesHost } from '../../../../src/registry/known/registries.ts';
import type { Credentials } from '../../../../src/registry/types.ts';
import { collect, lena, signal, withOdd } from '../../../parts/oddRegistries/client.ts';
import type { OddName } from '../../../parts/oddRegistries/index.ts';
import { createMemory, type Memory, withoutEditor } from '../../../parts/withoutEditor.ts';

const account = { username: 'lena', password: 's3cret' };
const wrong = { username: 'lena', password: 'wr0ng' };

interface World extends Memory {
  registries: Registries;
  host: string;
  /** What was sent as Authorization, in order. */
  sent(): (string | undefined)[];
}

/** Registries in front of one odd registry, with what an earlier session and other programs left. */
function world(
  name: OddName,
  use: (world: World) => Promise<void>,
  left: { files?: Record<string, Credentials>; memory?: Partial<Memory> } = {},
): Promise<void> {
  return withOdd(name, async ({ host, requests }) => {
    const memory = { ...createMemory(), ...left.memory };
    const { files = {} } = left;
    const source: RegistriesHost['files'] = {
      find: async (wanted) => (wanted === host ? files.here : files[wanted]),
      hosts: async () => Object.keys(files),
    };
    const registries = createRegistries(withoutEditor(memory, source));
    try {
      await use({ ...memory, registries, host, sent: () => requests.map(({ authorization }) => authorization) });
    } finally {
      registries.dispose();
    }
    assert.doesNotMatch(memory.log.join('\n'), /s3cret|wr0ng/);
    assert.doesNotMatch(JSON.stringify([...memory.state]), /s3cret|wr0ng/);
  });
}

describe('registries', () => {
  it('list the tags of a repository as far as a list may go, and say that there are more', async () => {
    for (const name of ['tags-for-ever', 'tags-in-one-page'] as const) {
      await world(name, async ({ registries, host }) => {
        await registries.add(`http://${host}`, {}, signal);
        const { names, complete } = await registries.tags(host, 'team/app', signal);
        assert.deepEqual([names.length, complete], [100_000, false]);
      });
    }
  }).timeout(30_000);

  it('are added step by step, kept, and removed with their logins', () =>
    world('basic-upper-case', async ({ registries, host, state, secrets }) => {
      const steps: string[] = [];
      const added = await registries.add(
        `http://${host}/`,
        { ...account, onStep: ({ step }) => void steps.push(step) },
        signal,
      );
      assert.deepEqual(steps, ['name', 'port', 'api', 'login']);
      assert.deepEqual([added.address, added.scheme, added.login?.account], [host, 'http', 'lena']);
      assert.deepEqual(await collect(registries.repositories(host, signal)), ['team/app']);
      assert.equal(secrets.size, 1);
      assert.match(JSON.stringify([...state]), new RegExp(host));
      await registries.remove(host);
      assert.deepEqual([registries.list(), secrets.size], [[], 0]);
    }));

  it('keep nothing of one that refuses', () =>
    world('basic-upper-case', async ({ registries, host, secrets, state }) => {
      await assert.rejects(registries.add(host, {}, signal), { code: 'unauthorized' });
      await assert.rejects(registries.add(host, wrong, signal), { code: 'login-failed' });
      await assert.rejects(registries.add(host, { username: 'lena' }, signal), { code: 'half-a-login' });
      assert.deepEqual([registries.list(), secrets.size, state.size], [[], 0, 0]);
    }));

  it('take plain http on another machine once it was agreed to, and remember that', function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    return world('ping-true', async ({ registries, host }) => {
      // The unspecified address reaches this machine, but no rule calls it loopback.
      const elsewhere = host.replace('127.0.0.1', '0.0.0.0');
      await assert.rejects(registries.add(elsewhere, {}, signal), { code: 'plain-http' });
      await assert.rejects(registries.add(`https://${elsewhere}`, { allowHttp: true }, signal), { code: 'plain-http' });
      assert.equal((await registries.add(elsewhere, { allowHttp: true }, signal)).scheme, 'http');
      assert.equal((await registries.add(elsewhere, {}, signal)).scheme, 'http');
    });
  });

  it('refuse what is no certificate', () =>
    world('ping-true', async ({ registries, host }) => {
      for (const trustedCa of ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', '/no/such/ca.crt']) {
        await assert.rejects(registries.add(host, { trustedCa: [trustedCa] }, signal), { code: 'bad-certificate' });
      }
    }));

  it('never ask about a host that another program has a login for', () =>
    world(
      'basic-upper-case',
      async ({ registries, host, secrets }) => {
        const added = await registries.add(host, {}, signal);
        assert.deepEqual(added.login, { account: 'lena', source: '/home/lena/.docker/config.json', ours: false });
        assert.equal(secrets.size, 0);
        assert.deepEqual(await registries.authFor(host), { ...account, serverAddress: host });
        await assert.rejects(registries.signOut(host), (error: Error & { code?: string }) => {
          assert.equal(error.code, 'login-elsewhere');
          assert.match(error.message, /\/home\/lena\/\.docker\/config\.json/);
          return true;
        });
      },
      { files: { here: { ...account, source: '/home/lena/.docker/config.json' } } },
    ));

  it('give the engine identity tokens and registry tokens as well', () =>
    world(
      'ping-true',
      async ({ registries }) => {
        assert.deepEqual(await registries.authFor('ghcr.io'), {
          username: 'lena',
          identityToken: 'refresh',
          serverAddress: 'ghcr.io',
        });
        assert.deepEqual(await registries.authFor('quay.io'), { registryToken: 'access', serverAddress: 'quay.io' });
        assert.equal(await registries.authFor('elsewhere.example'), undefined);
        assert.deepEqual(await registries.loginHosts(), ['ghcr.io', 'quay.io']);
      },
      {
        files: {
          'ghcr.io': { username: 'lena', identityToken: 'refresh', source: 'helper' },
          'quay.io': { registryToken: 'access', source: 'file' },
        },
      },
    ));

  it('pass over a kept login that cannot be read', async () => {
    const memory = createMemory();
    await world(
      'basic-upper-case',
      async ({ registries, host, secrets, log }) => {
        secrets.set(`registry/${host}`, '{"accounts": [{"username": "lena", "password": "s3cret"');
        assert.equal(await registries.login(host), undefined);
        await assert.rejects(registries.add(host, {}, signal), { code: 'unauthorized' });
        assert.match(log.join('\n'), /cannot be read/);
        await registries.signIn(host, account, signal);
        assert.equal((await registries.login(host))?.account, 'lena');
      },
      { memory },
    );
  });

  it('sign in where the stored login fails, with its name at hand, and forget the old one at once', () =>
    world(
      'basic-upper-case',
      async ({ registries, host }) => {
        await assert.rejects(registries.add(host, {}, signal), { code: 'login-failed' });
        assert.equal((await registries.login(host))?.account, 'lena');
        await assert.rejects(registries.signIn(host, wrong, signal), { code: 'login-failed' });
        await registries.signIn(host, account, signal);
        await registries.add(host, {}, signal);
        assert.deepEqual(await collect(registries.repositories(host, signal)), ['team/app']);
        assert.equal((await registries.login(host))?.ours, true);
        await registries.signOut(host);
        await assert.rejects(collect(registries.repositories(host, signal)), { code: 'login-failed' });
      },
      { files: { here: { ...wrong, source: 'config.json' } } },
    ));

  it('switch between the accounts of a host', () =>
    world(
      'basic-upper-case',
      async ({ registries, host }) => {
        const inUse = async () => (await registries.accounts(host)).find(({ current }) => current)?.account;
        await registries.add(host, account, signal);
        assert.deepEqual(
          (await registries.accounts(host)).map(({ account: name, ours, current }) => [name, ours, current]),
          [
            ['lena', true, true],
            ['robot', false, false],
          ],
        );
        await registries.useAccount(host, undefined);
        assert.equal(await inUse(), 'robot');
        await assert.rejects(collect(registries.repositories(host, signal)), { code: 'login-failed' });
        await registries.useAccount(host, 'lena');
        assert.equal(await inUse(), 'lena');
        assert.deepEqual(await collect(registries.repositories(host, signal)), ['team/app']);
        await assert.rejects(registries.useAccount(host, 'nobody'), { code: 'no-such-account' });
        await registries.signOut(host);
        assert.equal(await inUse(), 'robot');
      },
      { files: { here: { username: 'robot', password: 'x', source: 'config.json' } } },
    ));

  it('never send a login for https over plain http, and say so', () =>
    world('basic-upper-case', async ({ registries, host, settings, secrets, sent }) => {
      // As it was kept when the registry was reached over https.
      secrets.set(`registry/${host}`, JSON.stringify({ current: 'lena', accounts: [account] }));
      settings.push(`http://${host}`);
      await assert.rejects(collect(registries.repositories(host, signal)), {
        code: 'unauthorized',
        message: /is for https and is not sent over plain http/,
      });
      assert.equal(await registries.login(host), undefined);
      assert.deepEqual([...new Set(sent())], [undefined]);
      await registries.signIn(host, account, signal);
      assert.deepEqual(await collect(registries.repositories(host, signal)), ['team/app']);
      assert.equal(secrets.size, 2);
      await registries.signOut(host);
      assert.deepEqual([...secrets.keys()], [`registry/${host}`]);
    }));

  it('use the login of a file over plain http only where a person chose that', function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    const files: Record<string, Credentials> = {};
    return world(
      'basic-upper-case',
      async ({ registries, host, settings, sent }) => {
        // The unspecified address reaches this machine, but no rule calls it loopback.
        const elsewhere = host.replace('127.0.0.1', '0.0.0.0');
        files[elsewhere] = { ...account, source: 'config.json' };
        settings.push(`http://${elsewhere}`);
        await assert.rejects(collect(registries.repositories(elsewhere, signal)), {
          code: 'unauthorized',
          message: /is for https and is not sent over plain http/,
        });
        assert.deepEqual([...new Set(sent())], [undefined]);
        settings.pop();
        await registries.add(`http://${elsewhere}`, {}, signal);
        assert.deepEqual(await collect(registries.repositories(elsewhere, signal)), ['team/app']);
      },
      { files },
    );
  });

  it('send no login before a registry has answered', () =>
    world('basic-upper-case', async ({ registries, host, sent }) => {
      await registries.add(host, account, signal);
      const [first] = sent();
      assert.equal(first, undefined);
      assert.equal(sent().at(-1)?.startsWith('Basic '), true);
    }));

  it('keep one of the settings as well, once a login was given for it', () =>
    world('basic-upper-case', async ({ registries, host, settings }) => {
      settings.push(`http://${host}`);
      assert.deepEqual(registries.list(), [{ address: host, scheme: 'http', fromSetting: true }]);
      await assert.rejects(collect(registries.repositories(host, signal)), { code: 'unauthorized' });
      await registries.signIn(host, { username: lena.username ?? '', password: lena.password ?? '' }, signal);
      assert.deepEqual(await collect(registries.repositories(host, signal)), ['team/app']);
      await assert.rejects(registries.remove(host), { code: 'in-settings' });
    }));
});
