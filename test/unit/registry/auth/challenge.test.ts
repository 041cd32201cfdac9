import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseChallenges } from '../../../../src/registry/auth/challenge.ts';

describe('WWW-Authenticate', () => {
  const cases: [string, unknown][] = [
    ['', []],
    ['Basic', [['basic', {}]]],
    ['BASIC realm="Nexus"', [['basic', { realm: 'Nexus' }]]],
    ['Basic realm=""', [['basic', { realm: '' }]]],
    ['Bearer realm="https://a/t",service="s"', [['bearer', { realm: 'https://a/t', service: 's' }]]],
    [
      'Bearer scope="repository:a:pull,push" , realm = "https://a/t"',
      [['bearer', { scope: 'repository:a:pull,push', realm: 'https://a/t' }]],
    ],
    ['bearer REALM=https://a/t?x=1,service=s', [['bearer', { realm: 'https://a/t?x=1', service: 's' }]]],
    [
      'Bearer scope=repository:a:pull,push,service=s, realm=/t',
      [['bearer', { scope: 'repository:a:pull,push', service: 's', realm: '/t' }]],
    ],
    [
      'Bearer service=s, Basic realm=x',
      [
        ['bearer', { service: 's' }],
        ['basic', { realm: 'x' }],
      ],
    ],
    ['Basic realm="a, Bearer realm=\\"b\\""', [['basic', { realm: 'a, Bearer realm="b"' }]]],
    [
      'Negotiate, Basic realm="x"',
      [
        ['negotiate', {}],
        ['basic', { realm: 'x' }],
      ],
    ],
    [
      'NTLM TlRM+/==, Basic realm="x"',
      [
        ['ntlm', {}],
        ['basic', { realm: 'x' }],
      ],
    ],
    [
      'Basic realm="x", Bearer realm="y", service="z"',
      [
        ['basic', { realm: 'x' }],
        ['bearer', { realm: 'y', service: 'z' }],
      ],
    ],
    [', ,Basic realm="x",,', [['basic', { realm: 'x' }]]],
    ['Bearer realm="a", realm="b"', [['bearer', { realm: 'a' }]]],
    ['Bearer realm="never closed', [['bearer', { realm: 'never closed' }]]],
    ['"garbage" @@ Basic realm="x"', 'anything'],
    [
      'Bearer error="invalid_token",error_description="it expired",realm="r"',
      [['bearer', { error: 'invalid_token', error_description: 'it expired', realm: 'r' }]],
    ],
  ];
  for (const [header, expected] of cases) {
    it(header || '(empty)', () => {
      const read = parseChallenges(header).map(({ scheme, params }) => [scheme, params]);
      if (expected !== 'anything') {
        assert.deepEqual(read, expected);
      }
    });
  }

  it('reads a long hostile header in a moment', () => {
    const started = performance.now();
    for (const text of [
      'a'.repeat(60_000),
      'a="'.repeat(20_000),
      'a '.repeat(30_000),
      '\\"'.repeat(30_000),
      `Basic ${'='.repeat(60_000)}`,
    ]) {
      parseChallenges(text);
    }
    assert.ok(performance.now() - started < 500);
  });
});
