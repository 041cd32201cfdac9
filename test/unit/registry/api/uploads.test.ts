import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { signal, withOdd } from '../../../parts/oddRegistries/client.ts';

describe('an upload that leads elsewhere', () => {
  it('upload-elsewhere: refused', () =>
    withOdd('upload-elsewhere', async ({ client, foreignRequests }) => {
      await assert.rejects(client.untag('team/app', '1', signal), { code: 'unsafe-redirect' });
      assert.deepEqual(foreignRequests, []);
    }));
});
