import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { signal, withOdd } from '../../../parts/oddRegistries/client.ts';

describe('a request that would lead elsewhere', () => {
  it('asks nothing for a name that would lead elsewhere', () =>
    withOdd('ping-true', async ({ client, requests }) => {
      await assert.rejects(client.manifest('../../secret', '1', signal), { code: 'not-found' });
      await assert.rejects(client.manifest('a', '1?x=y', signal), { code: 'not-found' });
      assert.deepEqual(requests, []);
    }));
});
