import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { signal, withOdd } from '../../../parts/oddRegistries/client.ts';
import type { OddName } from '../../../parts/oddRegistries/index.ts';

describe('a ping of odd registries', () => {
  const pings: [OddName, string][] = [
    ['ping-html', 'not-a-registry'],
    ['ping-nothing-there', 'not-a-registry'],
    ['ping-wants-https', 'tls-required'],
  ];
  for (const [name, code] of pings) {
    it(`${name}: ${code}`, () => withOdd(name, ({ client }) => assert.rejects(client.ping(signal), { code })));
  }
  for (const name of ['ping-true', 'ping-moves'] as const) {
    it(`${name}: a registry`, () =>
      withOdd(name, async ({ client }) => assert.deepEqual(await client.ping(signal), { state: 'open' })));
  }
  it('ping-under-prefix: is found below its path', () =>
    withOdd('ping-under-prefix', async ({ client }) => assert.deepEqual(await client.ping(signal), { state: 'open' }), {
      prefix: 'team/registry',
    }));
});
