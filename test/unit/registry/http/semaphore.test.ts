import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createSemaphore } from '../../../../src/registry/http/semaphore.ts';
import { signal } from '../../../parts/oddRegistries/client.ts';

describe('the semaphore', () => {
  it('lets the next one in, in order, and forgets who left', async () => {
    const semaphore = createSemaphore(1);
    const release = await semaphore(signal);
    const leaving = new AbortController();
    const order: string[] = [];
    const first = semaphore(leaving.signal).catch(() => order.push('left'));
    const second = semaphore(signal).then((give) => {
      order.push('second');
      give();
    });
    const third = semaphore(signal).then(() => order.push('third'));
    leaving.abort();
    await first;
    release();
    release();
    await Promise.all([second, third]);
    assert.deepEqual(order, ['left', 'second', 'third']);
  });
});
