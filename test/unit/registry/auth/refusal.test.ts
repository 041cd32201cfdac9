import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Sent } from '../../../../src/registry/auth/nextTry.ts';
import { checkOrigin, refusalOf } from '../../../../src/registry/auth/refusal.ts';

const url = new URL('http://registry.lab/v2/');
const answer = { status: 401, headers: {}, body: Buffer.from('no'), url };
const basic: Sent = { kind: 'basic', header: 'Basic x' };
const own: Sent = { kind: 'own-token', header: 'Bearer x' };
const none: Sent = { kind: 'none' };

describe('a refusal', () => {
  const cases: [string, Sent, { account: boolean; withheld: boolean }, string][] = [
    ['a wrong password', basic, { account: true, withheld: false }, 'login-failed'],
    ['a login without the right', own, { account: true, withheld: false }, 'forbidden'],
    ['a login of another kind', none, { account: true, withheld: false }, 'login-failed'],
    ['no login', none, { account: false, withheld: false }, 'unauthorized'],
    ['a login that is for https', none, { account: false, withheld: true }, 'unauthorized'],
  ];
  for (const [what, sent, known, code] of cases) {
    it(`of ${what} is ${code}`, () => {
      const error = refusalOf({ host: 'registry.lab', answer, sent, ...known });
      assert.equal(error.code, code);
      assert.equal(/plain http/.test(error.message), known.withheld);
    });
  }

  it('from another server than the one that was asked gets no login', () => {
    const from = (other: string) => () => checkOrigin('registry.lab', url, { ...answer, url: new URL(other) });
    from('http://registry.lab/elsewhere')();
    assert.throws(from('https://registry.lab/v2/'), { code: 'tls-required' });
    assert.throws(from('http://other.lab/v2/'), { code: 'unsafe-redirect' });
  });
});
