import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { collect, lena, signal, withOdd } from '../../../parts/oddRegistries/client.ts';
import type { OddName } from '../../../parts/oddRegistries/index.ts';

const login = Buffer.from('lena:s3cret').toString('base64');

describe('registries that ask for a login in odd ways', () => {
  const readable: OddName[] = [
    'basic-upper-case',
    'basic-without-realm',
    'basic-after-unknown',
    'bearer-without-scope',
    'bearer-without-service',
    'bearer-unquoted',
    'bearer-two-lines',
    'bearer-quoted-pairs',
    'bearer-relative-realm',
    'access-token',
    'token-dates',
    'harbor',
  ];
  for (const name of readable) {
    it(`${name}: lists with the right login`, () =>
      withOdd(
        name,
        async ({ client }) => {
          assert.deepEqual(await collect(client.repositories(signal)), ['team/app']);
          assert.deepEqual(await collect(client.tags('team/app', signal)), ['1.0']);
          assert.equal((await client.login(signal)).account, 'lena');
        },
        { account: lena },
      ));
  }

  const failing: [OddName, string][] = [
    ['token-html', 'token-server'],
    ['token-large', 'too-large'],
    ['token-newline', 'token-server'],
    ['token-refuses', 'login-failed'],
    ['token-fails', 'token-server'],
    ['realm-metadata', 'unsafe-realm'],
    ['realm-private', 'unsafe-realm'],
    ['realm-file', 'unsafe-realm'],
    ['no-challenge', 'login-failed'],
    ['refuses-for-ever', 'forbidden'],
  ];
  for (const [name, code] of failing) {
    it(`${name}: fails with ${code} after a few requests`, () =>
      withOdd(
        name,
        async ({ client, requests, log }) => {
          await assert.rejects(client.login(signal), { name: 'RegistryError', code });
          assert.ok(requests.length <= 8, `${requests.length} requests`);
          assert.ok(!log.join('\n').includes(login));
        },
        { account: lena },
      ));
  }

  it('sends no Authorization before it is asked for, and never an empty name', () =>
    withOdd('basic-upper-case', async ({ client, requests }) => {
      await assert.rejects(client.login(signal), { code: 'unauthorized' });
      assert.deepEqual(
        requests.map(({ authorization }) => authorization),
        [undefined],
      );
    }));

  it('says that a password is wrong, and stops asking', () =>
    withOdd(
      'basic-upper-case',
      async ({ client, requests }) => {
        await assert.rejects(client.login(signal), { code: 'login-failed' });
        assert.equal(requests.length, 2);
      },
      { account: { ...lena, password: 'wrong' } },
    ));

  it('asks once for Basic, then sends it with the first request', () =>
    withOdd(
      'basic-upper-case',
      async ({ client, requests }) => {
        await collect(client.tags('team/app', signal));
        await collect(client.tags('team/app', signal));
        assert.equal(requests.length, 3);
      },
      { account: lena },
    ));

  it('asks for one token, however many requests want it at once', () =>
    withOdd(
      'bearer-without-scope',
      async ({ client, requests }) => {
        await Promise.all(Array.from({ length: 20 }, () => collect(client.tags('team/app', signal))));
        assert.equal(requests.filter(({ url }) => url.startsWith('/token')).length, 1);
      },
      { account: lena },
    ));

  it('asks the token server for the scope that the request needs, with account and client', () =>
    withOdd(
      'bearer-without-scope',
      async ({ client, requests }) => {
        await collect(client.tags('team/app', signal));
        const asked = new URL(requests.find(({ url }) => url.startsWith('/token'))?.url ?? '', 'http://x').searchParams;
        assert.deepEqual(asked.getAll('scope'), ['repository:team/app:pull']);
        assert.equal(asked.get('service'), 'lab');
        assert.equal(asked.get('account'), 'lena');
        assert.equal(asked.get('client_id'), 'docknotes');
      },
      { account: lena },
    ));

  it('harbor: reads public repositories without a login', () =>
    withOdd('harbor', async ({ client, requests }) => {
      assert.deepEqual(await collect(client.tags('public/app', signal)), ['1.0']);
      await assert.rejects(collect(client.repositories(signal)), { code: 'unauthorized' });
      assert.ok(requests.every(({ authorization }) => !authorization?.startsWith('Basic')));
    }));

  it('placeholder-scope: asks for the repository that is meant', () =>
    withOdd('placeholder-scope', async ({ client }) => {
      assert.deepEqual(await collect(client.tags('team/app', signal)), ['1.0']);
    }));

  it('insufficient-scope: tells a missing login from a missing right', async () => {
    await withOdd('insufficient-scope', async ({ client, requests }) => {
      await assert.rejects(collect(client.repositories(signal)), { code: 'unauthorized' });
      assert.ok(requests.length <= 6);
    });
    await withOdd(
      'insufficient-scope',
      async ({ client }) => {
        await assert.rejects(collect(client.repositories(signal)), { code: 'no-catalog', status: 403 });
        assert.equal((await client.login(signal)).account, 'lena');
      },
      { account: lena },
    );
  });

  it('token-ends-early: fetches another token, once', () =>
    withOdd(
      'token-ends-early',
      async ({ client, requests }) => {
        await collect(client.tags('team/app', signal));
        await collect(client.tags('team/app', signal));
        // Challenge, token, list; then list with the old token, token, list.
        assert.equal(requests.length, 6);
      },
      { account: lena },
    ));

  it('identity-token: posts the form, and the secret goes nowhere else', () =>
    withOdd(
      'identity-token',
      async ({ client, requests, log }) => {
        assert.deepEqual(await collect(client.tags('team/app', signal)), ['1.0']);
        const holding = requests.filter(({ body, url }) => `${url} ${body}`.includes('refresh-1'));
        assert.deepEqual(
          holding.map(({ method, url }) => `${method} ${url}`),
          ['POST /token'],
        );
        assert.ok(!log.join('\n').includes('refresh-1'));
      },
      { account: { identityToken: 'refresh-1', source: 'test' } },
    ));

  it('identity-token-old-server: falls back to a GET', () =>
    withOdd(
      'identity-token-old-server',
      async ({ client }) => assert.deepEqual(await collect(client.tags('team/app', signal)), ['1.0']),
      { account: { identityToken: 'refresh-1', source: 'test' } },
    ));

  it('token-redirect: the form with the secret is not sent on', () =>
    withOdd(
      'token-redirect',
      async ({ client, foreignRequests }) => {
        await assert.rejects(client.login(signal), { code: 'token-server' });
        assert.deepEqual(foreignRequests, []);
      },
      { account: { identityToken: 'refresh-1', source: 'test' } },
    ));

  it('challenge-from-elsewhere: nothing is sent to it', () =>
    withOdd(
      'challenge-from-elsewhere',
      async ({ client, foreignRequests }) => {
        await assert.rejects(client.manifest('team/app', '1', signal), { code: 'unsafe-redirect' });
        assert.deepEqual(
          foreignRequests.map(({ url, authorization }) => [url, authorization]),
          [['/x', undefined]],
        );
      },
      { account: lena },
    ));

  it('sends a registry token as it is', () =>
    withOdd(
      'bearer-without-scope',
      async ({ client, requests }) => {
        assert.deepEqual(await collect(client.tags('team/app', signal)), ['1.0']);
        assert.ok(requests.every(({ url }) => !url.startsWith('/token')));
      },
      { account: { registryToken: 'good', source: 'test' } },
    ));

  it('forgets tokens and learns anew', () =>
    withOdd(
      'bearer-without-scope',
      async ({ client, requests }) => {
        await collect(client.tags('team/app', signal));
        client.forget();
        await collect(client.tags('team/app', signal));
        assert.equal(requests.filter(({ url }) => url.startsWith('/token')).length, 2);
      },
      { account: lena },
    ));
});
