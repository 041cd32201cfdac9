import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createMemory } from '../../../../src/registry/http/lruCache.ts';
import { createLimit } from '../../../../src/registry/http/semaphore.ts';
import { wordsOf } from '../../../../src/registry/http/serverText.ts';
import { retryAfterOf } from '../../../../src/registry/http/transport.ts';
import { signal } from '../odd.ts';

describe('the limit', () => {
  it('lets the next one in, in order, and forgets who left', async () => {
    const limit = createLimit(1);
    const release = await limit(signal);
    const leaving = new AbortController();
    const order: string[] = [];
    const first = limit(leaving.signal).catch(() => order.push('left'));
    const second = limit(signal).then((give) => {
      order.push('second');
      give();
    });
    const third = limit(signal).then(() => order.push('third'));
    leaving.abort();
    await first;
    release();
    release();
    await Promise.all([second, third]);
    assert.deepEqual(order, ['left', 'second', 'third']);
  });
});

describe('the memory', () => {
  it('drops what was not used for longest', () => {
    const memory = createMemory<string>(10);
    memory.set('a', 'A', 4);
    memory.set('b', 'B', 4);
    memory.get('a');
    memory.set('c', 'C', 4);
    assert.deepEqual([memory.get('a'), memory.get('b'), memory.get('c')], ['A', undefined, 'C']);
    memory.set('d', 'D', 100);
    assert.deepEqual([memory.get('a'), memory.get('c'), memory.get('d')], [undefined, undefined, 'D']);
  });
});

describe('Retry-After', () => {
  it('is seconds or a date', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    const read = (value: string) => retryAfterOf({ 'retry-after': value }, now);
    assert.equal(read('3'), 3000);
    assert.equal(read('Thu, 01 Jan 2026 00:00:20 GMT'), 20_000);
    assert.equal(read('Wed, 31 Dec 2025 00:00:00 GMT'), 0);
    assert.equal(read('soon'), undefined);
    assert.equal(retryAfterOf({}, now), undefined);
  });
});

describe("a registry's words", () => {
  const cases: [string, string][] = [
    ['', ''],
    ['{"errors":[{"code":"DENIED","message":"no rights","detail":"ask Max"}]}', 'no rights: ask Max'],
    ['{"errors":[{"code":"DENIED"}]}', 'DENIED'],
    ['{"errors":{"message":"not a list"}}', 'not a list'],
    ['{"error":"invalid_grant","error_description":"it is over"}', 'it is over'],
    ['{"details":"incorrect username or password","error":"x"}', 'incorrect username or password'],
    ['404 page not found\n', '404 page not found'],
    ['<html><head><title> Sign in </title></head><script>evil()</script></html>', 'Sign in'],
    ['<p>Proxy <b>error</b></p><script>evil()</script>', 'Proxy error'],
  ];
  for (const [body, expected] of cases) {
    it(body || '(nothing)', () => assert.equal(wordsOf(Buffer.from(body)), expected));
  }
});
