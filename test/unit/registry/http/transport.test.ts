import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { collect, lena, signal, withOdd } from '../../../parts/oddRegistries/client.ts';
import type { OddName } from '../../../parts/oddRegistries/index.ts';
import { digestOf } from '../../../parts/oddRegistries/server.ts';

const soon = { connect: 2000, answer: 150, idle: 150 };

describe('requests to odd registries', () => {
  const limited: [OddName, (waits: number[]) => boolean][] = [
    ['limited-seconds', ([first]) => first === 3000],
    ['limited-date', ([first = 0]) => first > 15_000 && first <= 20_000],
    ['limited-silent', ([first, second]) => first === 2000 && second === 4000],
    ['fails-500-once', (waits) => waits.length === 1],
    ['fails-503-twice', (waits) => waits.length === 2],
  ];
  for (const [name, expected] of limited) {
    it(`${name}: waits and succeeds`, () =>
      withOdd(name, async ({ client, waits }) => {
        assert.deepEqual(await collect(client.repositories(signal)), ['a']);
        assert.ok(expected(waits), waits.join());
      }));
  }

  it('limited-for-ever: gives up after five tries', () =>
    withOdd('limited-for-ever', async ({ client, requests }) => {
      await assert.rejects(collect(client.repositories(signal)), { code: 'rate-limited', status: 429 });
      assert.equal(requests.length, 5);
    }));
  it('limited-hours: does not wait, and says how long', () =>
    withOdd('limited-hours', async ({ client, requests }) => {
      await assert.rejects(collect(client.repositories(signal)), { code: 'rate-limited', retryAfter: 21_600_000 });
      assert.equal(requests.length, 1);
    }));
  it('fails-500: server-error after two tries', () =>
    withOdd('fails-500', async ({ client, requests }) => {
      await assert.rejects(collect(client.repositories(signal)), { code: 'server-error', words: 'not now' });
      assert.equal(requests.length, 2);
    }));

  it('redirect-elsewhere: the login stays at home', () =>
    withOdd(
      'redirect-elsewhere',
      async ({ client, foreignRequests }) => {
        const digest = digestOf('{"architecture":"amd64","os":"linux"}');
        assert.equal((await client.config('team/app', digest, signal)).platform.architecture, 'amd64');
        assert.deepEqual(
          foreignRequests.map(({ authorization }) => authorization),
          [undefined],
        );
      },
      { account: lena },
    ));
  it('redirect-loop: ends after five', () =>
    withOdd('redirect-loop', async ({ client, requests }) => {
      await assert.rejects(client.ping(signal), { code: 'unsafe-redirect' });
      assert.equal(requests.length, 6);
    }));
  for (const name of ['redirect-metadata', 'redirect-private'] as const) {
    it(`${name}: refused`, () =>
      withOdd(name, ({ client }) => assert.rejects(client.ping(signal), { code: 'unsafe-redirect' })));
  }

  it('has at most six requests under way at once', () =>
    withOdd(
      'no-answer',
      async ({ client, requests }) => {
        const asked = Array.from({ length: 20 }, (_, index) => client.manifest('team/app', `t${index}`, signal));
        await Promise.allSettled(asked.slice(0, 6));
        assert.equal(requests.length, 6);
        client.dispose();
        await Promise.allSettled(asked);
      },
      { timeouts: soon },
    ));
});
