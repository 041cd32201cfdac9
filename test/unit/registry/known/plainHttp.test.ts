import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createPlainHttp } from '../../../../src/registry/known/plainHttp.ts';

describe('plain http', () => {
  it('is agreed to for what was added so, and while it is being added', async () => {
    const plainHttp = createPlainHttp({
      list: () => [
        { host: 'a.lab', scheme: 'http' },
        { host: 'b.lab', scheme: 'https' },
      ],
    });
    assert.deepEqual(['a.lab', 'b.lab'].map(plainHttp.isAgreed), [true, false]);
    const during = await plainHttp.agreeing('b.lab', async () => plainHttp.isAgreed('b.lab'));
    assert.equal(during, true);
    assert.equal(plainHttp.isAgreed('b.lab'), false);
    await assert.rejects(
      plainHttp.agreeing('b.lab', () => Promise.reject(new Error('refused'))),
      /refused/,
    );
    assert.equal(plainHttp.isAgreed('b.lab'), false);
    assert.equal(await plainHttp.agreeing(undefined, async () => plainHttp.isAgreed('b.lab')), false);
  });
});
