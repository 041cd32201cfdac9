import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { collect, signal, until, withOdd } from '../../../parts/oddRegistries/client.ts';
import type { OddName } from '../../../parts/oddRegistries/index.ts';

const soon = { connect: 2000, answer: 150, idle: 150 };

describe('an exchange with odd registries', () => {
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

  for (const name of ['no-answer', 'body-slow', 'limited-for-ever'] as const) {
    it(`${name}: is cancelled at once, and not tried again`, () =>
      withOdd(
        name,
        async ({ client, requests }) => {
          const stop = new AbortController();
          const asked = client.manifest('team/app', '1', stop.signal);
          await until(() => requests.length > 0);
          stop.abort();
          await assert.rejects(asked, { name: 'Cancelled' });
          assert.equal(requests.length, 1);
        },
        { realWaits: true },
      ));
  }
});
