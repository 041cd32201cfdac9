// When objects are looked at again.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createLooks, createTokenBucket } from '../../../../src/engine/inventory/pace.ts';
import { waitFor } from '../../../parts/process.ts';

describe('a token bucket', () => {
  it('lets a burst through at once, and then one each pace', () => {
    const bucket = createTokenBucket(2, 100, 0);
    assert.equal(bucket.wait(0), 0);
    bucket.take();
    assert.equal(bucket.wait(0), 0);
    bucket.take();
    assert.equal(bucket.wait(0), 100);
    assert.equal(bucket.wait(40), 60);
    assert.equal(bucket.wait(100), 0);
  });

  it('keeps no more than the burst', () => {
    const bucket = createTokenBucket(2, 100, 0);
    assert.equal(bucket.wait(10_000), 0);
    bucket.take();
    bucket.take();
    assert.equal(bucket.wait(10_000), 100);
  });

  it('earns again what was taken before it was there', () => {
    const bucket = createTokenBucket(1, 100, 0);
    bucket.wait(0);
    bucket.take();
    bucket.take();
    assert.equal(bucket.wait(0), 200);
  });
});

describe('looks', () => {
  it('come at once where there is no delay, and again after the next one', async () => {
    const due: string[] = [];
    const looks = createLooks((key) => due.push(key));
    looks.plan('a', [0, 1]);
    assert.deepEqual(due, ['a']);
    await waitFor('the second look', () => due.length === 2);
  });

  it('are planned anew by a later event, and can be cancelled', async () => {
    const due: string[] = [];
    const looks = createLooks((key) => due.push(key));
    looks.plan('a', [1]);
    looks.plan('a', [1]);
    looks.plan('b', [1]);
    looks.plan('c', [1]);
    looks.cancel('b');
    await waitFor('what is still planned', () => due.length === 2);
    assert.deepEqual(due, ['a', 'c']);
    looks.plan('d', [1]);
    looks.cancelAll();
    looks.plan('e', [2]);
    await waitFor('the last look', () => due.includes('e'));
    assert.deepEqual(due, ['a', 'c', 'e']);
  });
});
