import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { signal, withOdd } from '../../../parts/oddRegistries/client.ts';

describe('referrers in odd registries', () => {
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
});
