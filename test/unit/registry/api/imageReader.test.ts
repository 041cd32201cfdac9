import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { RegistryError } from '../../../../src/model/registries/error.ts';
import { readDocument } from '../../../../src/registry/known/tagFacts.ts';
import { oddManifest } from '../../../parts/registry/odd/answers.ts';
import { collect, signal, withOdd } from '../../../parts/registry/odd/client.ts';
import { digestOf } from '../../../parts/registry/odd/server.ts';

describe('images of odd registries', () => {
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
});
