import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createAccountCache } from '../../../../src/registry/auth/accountCache.ts';

describe('the logins that are held', () => {
  it('are looked for once in a minute for each repository, and again when they are cleared', async () => {
    let now = 0;
    const asked: (string | undefined)[] = [];
    const cache = createAccountCache(
      async (repository) => {
        asked.push(repository);
        return { source: 'test' };
      },
      () => now,
    );
    await Promise.all([cache.of(), cache.of(), cache.of('a'), cache.of('a')]);
    assert.deepEqual(asked, [undefined, 'a']);
    now = 60_000;
    await cache.of('a');
    assert.equal(asked.length, 3);
    cache.clear();
    await cache.of('a');
    assert.equal(asked.length, 4);
  });

  it('are looked for again after a failure', async () => {
    let asked = 0;
    const cache = createAccountCache(async () => {
      asked += 1;
      throw new Error('no helper');
    });
    await assert.rejects(cache.of('a'), /no helper/);
    await assert.rejects(cache.of('a'), /no helper/);
    assert.equal(asked, 2);
  });
});
