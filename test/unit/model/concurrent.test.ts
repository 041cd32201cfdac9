import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { forEachConcurrently } from '../../../src/model/concurrent.ts';

describe('several at a time', () => {
  it('runs at most so many at once, and stops at the first failure', async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    const task = async (item: number) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      done.push(item);
      if (item === 20) {
        throw new Error('twenty');
      }
    };
    const items = Array.from({ length: 100 }, (_, index) => index);
    await assert.rejects(forEachConcurrently(items, 6, task), /twenty/);
    assert.equal(most, 6);
    assert.ok(done.length < 40);
    await forEachConcurrently([], 6, task);
  });
});
