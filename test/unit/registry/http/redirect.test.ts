import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type Redirected, redirected } from '../../../../src/registry/http/redirect.ts';

const from = { url: new URL('https://registry.lab/v2/a'), headers: { Authorization: 'Basic x', Accept: '*/*' } };

function next(location: string, { status = 307, hops = 0, method = 'GET' as 'GET' | 'PUT', now = from } = {}) {
  const answer = { status, headers: { location }, body: Buffer.alloc(0), url: now.url };
  const request = { method, url: now.url, headers: now.headers, signal: new AbortController().signal };
  return redirected('registry.lab', request, now, answer, hops);
}

describe('a redirect', () => {
  it('is followed, with the login to the same server alone', () => {
    assert.deepEqual(next('/v2/b'), { url: new URL('https://registry.lab/v2/b'), headers: from.headers });
    const elsewhere: Redirected | undefined = next('https://blobs.lab/b');
    assert.deepEqual(elsewhere, { url: new URL('https://blobs.lab/b'), headers: { Accept: '*/*' } });
  });

  it('of what changes something is followed only where the method stays', () => {
    assert.equal(next('/v2/b', { status: 302, method: 'PUT' }), undefined);
    assert.ok(next('/v2/b', { status: 308, method: 'PUT' }));
    assert.equal(next('/v2/b', { status: 200 }), undefined);
  });

  it('is refused where it leads down to http, into this network, elsewhere than to a web address, or on and on', () => {
    for (const location of [
      'http://registry.lab/v2/b',
      'https://127.0.0.1/b',
      'https://169.254.169.254/',
      'file:///etc/passwd',
    ]) {
      assert.throws(() => next(location), { code: 'unsafe-redirect' }, location);
    }
    assert.throws(() => next('/v2/b', { hops: 5 }), { code: 'unsafe-redirect' });
  });
});
