import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createLruCache } from '../../../../src/registry/http/lruCache.ts';

describe('the LRU cache', () => {
  it('drops what was not used for longest', () => {
    const cache = createLruCache<string>(10);
    cache.set('a', 'A', 4);
    cache.set('b', 'B', 4);
    cache.get('a');
    cache.set('c', 'C', 4);
    assert.deepEqual([cache.get('a'), cache.get('b'), cache.get('c')], ['A', undefined, 'C']);
    cache.set('d', 'D', 100);
    assert.deepEqual([cache.get('a'), cache.get('c'), cache.get('d')], [undefined, undefined, 'D']);
  });
});
