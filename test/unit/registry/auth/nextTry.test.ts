import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseChallenges } from '../../../../src/registry/auth/challenge.ts';
import { nextTry, type Sent } from '../../../../src/registry/auth/nextTry.ts';

const pull = ['repository:a:pull'];
const bearerLine = 'Bearer realm="https://auth.lab/token",service="lab"';
const [learnt] = parseChallenges(bearerLine);
const token = (fresh: boolean, scopes = pull): Sent => ({
  kind: 'bearer',
  header: 'Bearer x',
  token: { key: 'k', token: 'x', renewAt: 0, fresh },
  scopes,
});
const after = (sent: Sent, line: string, known = learnt, scopes = pull) =>
  nextTry(sent, parseChallenges(line), known, () => scopes);

describe('what to send after a refusal', () => {
  it('is what the registry asks for', () => {
    const none: Sent = { kind: 'none' };
    assert.deepEqual(after(none, bearerLine, undefined), { kind: 'bearer', challenge: learnt, scopes: pull });
    assert.deepEqual(after(none, 'Basic realm="lab"', undefined), { kind: 'basic' });
    assert.equal(after(none, `Basic realm="lab", ${bearerLine}`, undefined).kind, 'bearer');
  });

  it('is nothing more where the registry names nothing that can be used', () => {
    for (const line of ['', 'NTLM', 'Bearer service="lab"']) {
      assert.deepEqual(after({ kind: 'none' }, line), { kind: 'refused' }, line);
    }
  });

  it('is another token where the one that was sent may have ended, whatever the challenge says', () => {
    assert.deepEqual(after(token(false), 'Basic realm="lab"'), { kind: 'renew', scopes: pull });
    assert.deepEqual(after(token(false), bearerLine, parseChallenges('Basic')[0]).kind, 'bearer');
  });

  it('is a token with more scopes, but not the same one again', () => {
    const push = ['repository:a:pull,push'];
    assert.deepEqual(after(token(true), bearerLine, learnt, push), { kind: 'bearer', challenge: learnt, scopes: push });
    assert.deepEqual(after(token(true), bearerLine), { kind: 'refused' });
    assert.deepEqual(after({ kind: 'own-token', header: 'Bearer own' }, bearerLine), { kind: 'refused' });
  });

  it('is no second Basic', () => {
    assert.deepEqual(after({ kind: 'basic', header: 'Basic x' }, 'Basic realm="lab"'), { kind: 'refused' });
  });
});
