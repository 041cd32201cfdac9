import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { RegistryError } from '../../../src/model/registries/error.ts';
import { readDocument } from '../../../src/registry/known/tagFacts.ts';
import { oddManifest } from '../../parts/registry/odd/answers.ts';
import type { OddName } from '../../parts/registry/odd/index.ts';
import { digestOf } from '../../parts/registry/odd/server.ts';
import { until } from '../../parts/until.ts';
import { collect, lena, signal, withOdd } from './odd.ts';

const soon = { connect: 2000, answer: 150, idle: 150 };

describe('registries that answer in odd ways', () => {
  const pings: [OddName, string][] = [
    ['ping-html', 'not-a-registry'],
    ['ping-nothing-there', 'not-a-registry'],
    ['ping-wants-https', 'tls-required'],
  ];
  for (const [name, code] of pings) {
    it(`${name}: ${code}`, () => withOdd(name, ({ client }) => assert.rejects(client.ping(signal), { code })));
  }
  for (const name of ['ping-true', 'ping-moves'] as const) {
    it(`${name}: a registry`, () =>
      withOdd(name, async ({ client }) => assert.deepEqual(await client.ping(signal), { state: 'open' })));
  }
  it('ping-under-prefix: is found below its path', () =>
    withOdd('ping-under-prefix', async ({ client }) => assert.deepEqual(await client.ping(signal), { state: 'open' }), {
      prefix: 'team/registry',
    }));

  const bodies: [OddName, string][] = [
    ['body-cut', 'connection-lost'],
    ['body-slow', 'timeout'],
    ['no-answer', 'timeout'],
    ['body-endless', 'too-large'],
    ['body-announced-large', 'too-large'],
    ['header-large', 'too-large'],
    ['body-gzip', 'bad-answer'],
    ['length-short', 'not-a-registry'],
    ['length-twice', 'not-a-registry'],
  ];
  for (const [name, code] of bodies) {
    it(`${name}: ${code}`, () =>
      withOdd(name, ({ client }) => assert.rejects(collect(client.repositories(signal)), { code }), {
        timeouts: soon,
      })).timeout(10_000);
  }

  it('body-endless: at most the bound is held in memory', () =>
    withOdd('body-endless', async ({ client }) => {
      const before = process.memoryUsage().rss;
      await assert.rejects(collect(client.repositories(signal)), { code: 'too-large' });
      assert.ok(process.memoryUsage().rss - before < 100e6);
    })).timeout(10_000);

  it('manifest-large: is given up at the bound', () =>
    withOdd('manifest-large', async ({ client }) => {
      const before = process.memoryUsage().rss;
      await assert.rejects(client.manifest('team/app', '1', signal), { code: 'too-large' });
      assert.ok(process.memoryUsage().rss - before < 100e6);
    })).timeout(10_000);
  it('json-deep: is read, and what cannot be shown of it says so', () =>
    withOdd('json-deep', async ({ client }) => {
      const { content } = await client.manifest('team/app', 'deep', signal);
      assert.ok(content.kind === 'image');
      const config = await client.config('team/app', content.config.digest, signal);
      assert.equal(config.platform.os, 'linux');
      for (const what of ['manifest', 'config'] as const) {
        await assert.rejects(readDocument(client, 'team/app', 'deep', what, signal), { code: 'too-deep' });
      }
      await assert.rejects(collect(client.tags('team/app', signal)), { code: 'bad-answer' });
    })).timeout(10_000);
  it('numbers-odd: what is no size is none', () =>
    withOdd('numbers-odd', async ({ client }) => {
      const { content } = await client.manifest('team/app', '1', signal);
      assert.ok(content.kind === 'image');
      assert.deepEqual(
        [content.config, ...content.layers].map(({ size }) => size),
        [0, 0, 0, 0, 7],
      );
    }));
  it('blob-drips: a blob may take long, but has to go on', () =>
    withOdd(
      'blob-drips',
      async ({ client }) => {
        const read = async (pieces: AsyncIterable<Uint8Array>) => {
          for await (const _ of pieces) {
            // Each piece is in time; all of them together are not.
          }
        };
        const blob = client.readBlob('team/app', `sha256:${'1'.repeat(64)}`, read, signal);
        await assert.rejects(blob, { code: 'timeout', message: /too slowly/ });
      },
      { timeouts: { body: 300 } },
    )).timeout(10_000);

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

  it('errors-several: all words, nothing that moves the screen', () =>
    withOdd('errors-several', ({ client }) =>
      assert.rejects(client.manifest('team/app', '1', signal), { words: 'bad name: noevil; TAG_INVALID' }),
    ));
  it('error-long: the words are cut', () =>
    withOdd('error-long', ({ client }) =>
      assert.rejects(client.manifest('team/app', '1', signal), (error: RegistryError) => error.message.length < 600),
    ));

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

  it('digest-wrong-header: names both digests', () =>
    withOdd('digest-wrong-header', ({ client }) =>
      assert.rejects(client.manifest('team/app', '1', signal), (error: RegistryError) => {
        assert.equal(error.code, 'digest-mismatch');
        return error.message.includes(digestOf('other')) && error.message.includes(digestOf(oddManifest));
      }),
    ));
  it('digest-wrong-once: nothing of the wrong content is kept, the right content is', () =>
    withOdd('digest-wrong-once', async ({ client, requests }) => {
      const digest = digestOf(oddManifest);
      await assert.rejects(client.manifest('team/app', digest, signal), { code: 'digest-mismatch' });
      assert.equal((await client.manifest('team/app', digest, signal)).digest, digest);
      await client.manifest('team/app', digest, signal);
      assert.equal(requests.length, 2);
    }));
  for (const name of ['digest-not-said', 'head-unsupported'] as const) {
    it(`${name}: the digest is computed from a GET`, () =>
      withOdd(name, async ({ client }) => {
        const head = await client.head('team/app', '1', signal);
        assert.deepEqual(head, {
          digest: digestOf(oddManifest),
          mediaType: 'application/vnd.oci.image.manifest.v1+json',
          size: oddManifest.length,
        });
      }));
  }
  it('head-reason: the words come from the GET', () =>
    withOdd('head-reason', ({ client }) =>
      assert.rejects(client.head('team/app', '1', signal), { code: 'not-found', words: 'manifest unknown to us' }),
    ));
  it('manifest-conditional: a tag is asked with what is known', () =>
    withOdd('manifest-conditional', async ({ client, requests }) => {
      const first = await client.manifest('team/app', '1', signal);
      assert.deepEqual(await client.manifest('team/app', '1', signal), first);
      assert.equal(requests.length, 2);
      assert.equal(first.content.kind === 'image' && first.content.layers.length, 1);
    }));
  it('manifest-html: bad-answer', () =>
    withOdd('manifest-html', ({ client }) =>
      assert.rejects(client.manifest('team/app', '1', signal), { code: 'bad-answer' }),
    ));
  it('index-with-attestations: platforms and attestations are apart', () =>
    withOdd('index-with-attestations', async ({ client }) => {
      const { content } = await client.manifest('team/app', '1', signal);
      assert.ok(content.kind === 'index');
      assert.deepEqual(
        content.manifests.map(({ platform }) => platform),
        [{ os: 'linux', architecture: 'arm64', variant: 'v8' }],
      );
      assert.deepEqual(
        content.attestations.map(({ of }) => of),
        [`sha256:${'1'.repeat(64)}`],
      );
    }));

  it('referrers-by-tag: the index under the tag', () =>
    withOdd('referrers-by-tag', async ({ client }) => {
      const digest = `sha256:${'1'.repeat(64)}`;
      assert.equal((await client.referrers('team/app', digest, signal)).length, 2);
      assert.equal((await client.referrers('team/app', digest, signal, 'application/spdx+json')).length, 1);
      assert.deepEqual(await client.referrers('team/app', `sha256:${'9'.repeat(64)}`, signal), []);
    }));
  it('referrers-in-pages: all pages, filtered', () =>
    withOdd('referrers-in-pages', async ({ client }) => {
      const found = await client.referrers('team/app', `sha256:${'1'.repeat(64)}`, signal, 'a/b');
      assert.deepEqual(
        found.map(({ digest }) => digest[7]),
        ['2', '3'],
      );
    }));

  it('deletion-off: says which setting allows it, and changes nothing', () =>
    withOdd('deletion-off', async ({ client, requests }) => {
      await assert.rejects(client.deleteManifest('team/app', `sha256:${'1'.repeat(64)}`, signal), {
        code: 'deletion-disabled',
      });
      await assert.rejects(client.untag('team/app', '1', signal), { code: 'deletion-disabled' });
      assert.ok(requests.every(({ method }) => method === 'DELETE'));
    }));
  it('upload-elsewhere: refused', () =>
    withOdd('upload-elsewhere', async ({ client, foreignRequests }) => {
      await assert.rejects(client.untag('team/app', '1', signal), { code: 'unsafe-redirect' });
      assert.deepEqual(foreignRequests, []);
    }));

  for (const name of ['no-answer', 'body-slow', 'limited-for-ever'] as const) {
    it(`${name}: is cancelled at once, and not tried again`, () =>
      withOdd(
        name,
        async ({ client, requests }) => {
          const stop = new AbortController();
          const asked = client.manifest('team/app', '1', stop.signal);
          await until(() => requests.length > 0, 4000);
          stop.abort();
          await assert.rejects(asked, { name: 'Cancelled' });
          assert.equal(requests.length, 1);
        },
        { realWaits: true },
      ));
  }

  it('asks nothing for a name that would lead elsewhere', () =>
    withOdd('ping-true', async ({ client, requests }) => {
      await assert.rejects(client.manifest('../../secret', '1', signal), { code: 'not-found' });
      await assert.rejects(client.manifest('a', '1?x=y', signal), { code: 'not-found' });
      assert.deepEqual(requests, []);
    }));

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
