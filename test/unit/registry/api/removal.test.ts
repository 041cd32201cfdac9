import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { signal, withOdd } from '../../../parts/oddRegistries/client.ts';

describe('a deletion that is switched off', () => {
  it('deletion-off: says which setting allows it, and changes nothing', () =>
    withOdd('deletion-off', async ({ client, requests }) => {
      await assert.rejects(client.deleteManifest('team/app', `sha256:${'1'.repeat(64)}`, signal), {
        code: 'deletion-disabled',
      });
      await assert.rejects(client.untag('team/app', '1', signal), { code: 'deletion-disabled' });
      assert.ok(requests.every(({ method }) => method === 'DELETE'));
    }));
});
