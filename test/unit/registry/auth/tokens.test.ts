import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { coversScopes, mergeScopes } from '../../../../src/registry/auth/tokenScope.ts';
import { createTokens } from '../../../../src/registry/auth/tokens.ts';
import type { Answer, Request } from '../../../../src/registry/http/message.ts';
import { isLoopback, isPrivateAddress } from '../../../../src/registry/http/networkGuard.ts';
import { signal } from '../../../parts/oddRegistries/client.ts';

/** A transport that answers with tokens t1, t2 … and remembers what it was asked. */
function recorder(fields: object = {}) {
  const asked: Request[] = [];
  const send = (request: Request): Promise<Answer> => {
    asked.push(request);
    const body = Buffer.from(JSON.stringify({ token: `t${asked.length}`, ...fields }));
    return Promise.resolve({ status: 200, headers: {}, body, url: request.url });
  };
  return { asked, transport: { send } };
}

const from = new URL('https://registry.lab/v2/');
const base = {
  realm: 'https://auth.lab/token',
  service: 'lab',
  scopes: ['repository:a:pull'],
  from,
  credentials: undefined,
};

describe('access tokens', () => {
  const realms: [string, string, boolean][] = [
    // registry, realm, allowed
    ['https://registry.lab/v2/', 'https://auth.lab/token', true],
    ['https://registry.lab/v2/', '/token', true],
    ['https://registry.lab/v2/', 'http://auth.lab/token', false],
    ['http://registry.lab/v2/', 'http://auth.lab/token', true],
    ['https://registry.lab/v2/', 'https://127.0.0.1/token', false],
    ['https://registry.lab/v2/', 'https://localhost/token', false],
    ['https://registry.lab/v2/', 'https://[::1]/token', false],
    ['https://registry.lab/v2/', 'https://[::ffff:127.0.0.1]/token', false],
    ['https://registry.lab/v2/', 'https://2130706433/token', false],
    ['https://registry.lab/v2/', 'https://10.1.2.3/token', false],
    ['https://registry.lab/v2/', 'https://169.254.169.254/token', false],
    ['https://registry.lab/v2/', 'https://metadata.google.internal/token', false],
    ['https://10.0.0.1/v2/', 'https://10.0.0.2/token', true],
    ['https://10.0.0.1/v2/', 'https://169.254.169.254/token', false],
    ['http://127.0.0.1:5000/v2/', 'http://localhost:5001/token', true],
    ['http://127.0.0.1:5000/v2/', 'http://192.168.1.1/token', false],
    ['https://registry.lab/v2/', 'ftp://auth.lab/token', false],
    ['https://registry.lab/v2/', 'http://[', false],
  ];
  for (const [registry, realm, allowed] of realms) {
    it(`${registry} ${allowed ? 'may' : 'may not'} use ${realm}`, async () => {
      const { asked, transport } = recorder();
      const got = createTokens('lab', transport).get({ ...base, realm, from: new URL(registry) }, signal);
      await (allowed ? got : assert.rejects(got, { code: 'unsafe-realm' }));
      assert.equal(asked.length, allowed ? 1 : 0);
    });
  }

  const lives: [string, object, number][] = [
    // fields of the answer, seconds until it is renewed
    ['no lifetime', {}, 55],
    ['a lifetime', { expires_in: 300 }, 295],
    ['a short lifetime', { expires_in: 1 }, 55],
    ['a lifetime that is no number', { expires_in: 'soon' }, 55],
    ['issued a minute ago', { expires_in: 300, issued_at: '2026-01-01T00:00:00Z' }, 235],
    ['issued in the future', { expires_in: 300, issued_at: '2999-01-01T00:00:00Z' }, 295],
    ['issued and over', { expires_in: 300, issued_at: '2020-01-01T00:00:00Z' }, 295],
    ['issued at no time', { expires_in: 300, issued_at: 'x' }, 295],
  ];
  for (const [name, fields, seconds] of lives) {
    it(`${name}: is kept for ${seconds} seconds`, async () => {
      const start = Date.parse('2026-01-01T00:01:00Z');
      let now = start;
      const { asked, transport } = recorder(fields);
      const tokens = createTokens('lab', transport, () => now);
      await tokens.get(base, signal);
      now = start + (seconds - 1) * 1000;
      assert.equal((await tokens.get(base, signal)).fresh, false);
      now = start + (seconds + 1) * 1000;
      await tokens.get(base, signal);
      assert.equal(asked.length, 2);
    });
  }

  it('keeps tokens apart by realm, service, account and scopes', async () => {
    const { asked, transport } = recorder();
    const tokens = createTokens('lab', transport);
    const lena = { username: 'lena', password: 'x', source: 'test' };
    for (const request of [
      base,
      { ...base, realm: 'https://auth.lab/other' },
      { ...base, service: 'b' },
      { ...base, credentials: lena },
      { ...base, scopes: ['repository:b:pull'] },
      base,
    ]) {
      await tokens.get(request, signal);
    }
    assert.equal(asked.length, 5);
  });

  it('drops a token that was refused, not the one after it', async () => {
    const { asked, transport } = recorder();
    const tokens = createTokens('lab', transport);
    const first = await tokens.get(base, signal);
    tokens.drop(first);
    await tokens.get(base, signal);
    tokens.drop(first);
    assert.equal((await tokens.get(base, signal)).token, 't2');
    assert.equal(asked.length, 2);
  });

  it('shares one flight, and ends it when nobody waits any more', async () => {
    let ended = false;
    const send = (request: Request) =>
      new Promise<Answer>((_resolve, reject) => {
        request.signal.addEventListener('abort', () => {
          ended = true;
          reject(new Error('aborted'));
        });
      });
    const tokens = createTokens('lab', { send });
    const [one, two] = [new AbortController(), new AbortController()];
    const waiting = [tokens.get(base, one.signal), tokens.get(base, two.signal)];
    const outcomes = Promise.allSettled(waiting);
    one.abort();
    assert.equal(ended, false);
    two.abort();
    assert.equal(ended, true);
    assert.deepEqual(
      (await outcomes).map(({ status }) => status),
      ['rejected', 'rejected'],
    );
  });
});

describe('scopes', () => {
  it('merges actions by resource, in order', () => {
    assert.deepEqual(mergeScopes(['repository:a:pull', 'repository:b:pull repository:a:push', 'repository:a:pull']), [
      'repository:a:pull,push',
      'repository:b:pull',
    ]);
    assert.deepEqual(mergeScopes(['repository:host:5000/a:pull', 'registry:catalog:*', '']), [
      'repository:host:5000/a:pull',
      'registry:catalog:*',
    ]);
  });
  it('knows what a token is enough for', () => {
    assert.ok(coversScopes(['repository:a:pull,push'], ['repository:a:pull']));
    assert.ok(coversScopes(['registry:catalog:*'], ['registry:catalog:*']));
    assert.ok(!coversScopes(['repository:a:pull'], ['repository:a:push']));
    assert.ok(!coversScopes(['repository:a:pull'], ['repository:b:pull']));
    assert.ok(coversScopes([], []));
  });
});

describe('places', () => {
  it('knows this machine', () => {
    for (const name of ['localhost', 'LOCALHOST.', 'x.localhost', '127.0.0.1', '127.9.9.9', '[::1]', '::1']) {
      assert.ok(isLoopback(name), name);
    }
    for (const name of ['registry.lab', '10.0.0.1', '128.0.0.1', '[::2]']) {
      assert.ok(!isLoopback(name), name);
    }
  });
  it('lets a private registry stay at its own address', () => {
    assert.ok(!isPrivateAddress('169.254.1.1', '169.254.1.1'));
    assert.ok(isPrivateAddress('169.254.1.2', '169.254.1.1'));
  });
});
