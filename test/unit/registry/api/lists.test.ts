import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { collect, lena, signal, withOdd } from '../../../parts/oddRegistries/client.ts';
import type { OddName } from '../../../parts/oddRegistries/index.ts';

describe('registries that list in odd ways', () => {
  /** What is listed, and how many requests that may take. */
  const lists: [OddName, string[], number][] = [
    ['link-relative', ['a', 'b', 'c'], 2],
    ['link-absolute', ['a', 'b', 'c'], 2],
    ['link-unquoted', ['a', 'b', 'c'], 2],
    ['link-without-brackets', ['a', 'b', 'c'], 2],
    ['link-among-others', ['a', 'b', 'c'], 2],
    ['link-query-only', ['a', 'b', 'c'], 2],
    ['link-wrong-path', ['a', 'b', 'c'], 3],
    ['link-foreign', ['a', 'b', 'c'], 2],
    ['link-foreign-elsewhere', ['a'], 1],
    ['link-for-ever', ['a', 'b'], 2],
    ['link-to-itself', ['a0', 'a1'], 2],
    ['link-wraps', ['a', 'b', 'c', 'd'], 3],
    ['link-to-empty-page', ['a'], 2],
    ['size-1000-refused', ['a'], 2],
    ['size-refused', ['a'], 3],
    ['names-upper-case', ['Team/App', 'team/app'], 1],
    ['names-malformed', ['a', 'e'], 1],
    ['list-as-text', ['a'], 1],
  ];
  for (const [name, expected, most] of lists) {
    it(`${name}: ${expected.join(' ')}`, () =>
      withOdd(name, async ({ client, requests, foreignRequests }) => {
        assert.deepEqual(await collect(client.repositories(signal)), expected);
        assert.ok(requests.length <= most, `${requests.length} requests`);
        assert.deepEqual(foreignRequests, []);
      }));
  }

  it('link-after-redirect: goes on at the registry', () =>
    withOdd(
      'link-after-redirect',
      async ({ client, foreignRequests }) => {
        assert.deepEqual(await collect(client.repositories(signal)), ['a', 'b', 'c']);
        assert.deepEqual(
          foreignRequests.map(({ authorization }) => authorization),
          [undefined],
        );
      },
      { account: lena },
    ));

  it('link-missing: a full page without a link is the end', () =>
    withOdd('link-missing', async ({ client, requests }) => {
      assert.equal((await collect(client.repositories(signal))).length, 1000);
      assert.equal(requests.length, 1);
    }));

  it('remembers the page size that was accepted', () =>
    withOdd('size-refused', async ({ client, requests }) => {
      await collect(client.repositories(signal));
      await collect(client.repositories(signal));
      assert.deepEqual(
        requests.map(({ url }) => url),
        ['/v2/_catalog?n=1000', '/v2/_catalog?n=100', '/v2/_catalog', '/v2/_catalog'],
      );
    }));

  it('link-breaks: the names of the first page come before the error', () =>
    withOdd('link-breaks', async ({ client }) => {
      const pages = client.repositories(signal)[Symbol.asyncIterator]();
      assert.deepEqual(await pages.next(), { done: false, value: ['a'] });
      await assert.rejects(pages.next(), { code: 'no-catalog' });
    }));

  it('tags-for-ever: ends where no list may go on, and says so', () =>
    withOdd('tags-for-ever', async ({ client, requests }) => {
      let names = 0;
      const all = async () => {
        for await (const page of client.tags('team/app', signal)) {
          names += page.length;
        }
      };
      await assert.rejects(all(), { code: 'too-many-names' });
      assert.deepEqual([names, requests.length], [100_000, 101]);
    })).timeout(20_000);
  it('tags-in-one-page: as many as a list may hold', () =>
    withOdd('tags-in-one-page', async ({ client }) => {
      const pages = client.tags('team/app', signal)[Symbol.asyncIterator]();
      assert.equal((await pages.next()).value?.length, 100_000);
      await assert.rejects(pages.next(), { code: 'too-many-names' });
    })).timeout(20_000);
  it('list-drips: is not waited for for ever', () =>
    withOdd(
      'list-drips',
      async ({ client }) => {
        const started = performance.now();
        await assert.rejects(collect(client.tags('team/app', signal)), { code: 'timeout', message: /too slowly/ });
        assert.ok(performance.now() - started < 5000);
      },
      { timeouts: { body: 300 } },
    )).timeout(10_000);

  it('tags-null: no tags', () =>
    withOdd('tags-null', async ({ client }) => assert.deepEqual(await collect(client.tags('team/app', signal)), [])));

  const failing: [OddName, string][] = [
    ['list-not-a-list', 'bad-answer'],
    ['list-html', 'not-a-registry'],
    ['list-empty-body', 'bad-answer'],
    ['no-catalog', 'no-catalog'],
  ];
  for (const [name, code] of failing) {
    it(`${name}: fails with ${code}`, () =>
      withOdd(name, async ({ client, host }) => {
        await assert.rejects(collect(client.repositories(signal)), (error: Error & { code: string }) => {
          assert.equal(error.code, code);
          assert.ok(error.message.includes(host));
          assert.ok(!/[<>]/.test(error.message), error.message);
          return true;
        });
      }));
  }

  it('stops between two pages when nobody looks any more', () =>
    withOdd('link-relative', async ({ client, requests }) => {
      for await (const page of client.repositories(signal)) {
        assert.deepEqual(page, ['a', 'b']);
        break;
      }
      assert.equal(requests.length, 1);
    }));
});
