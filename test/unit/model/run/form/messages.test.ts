// Messages of the run form.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readRunFormMessage } from '../../../../../src/model/run/form/messages.ts';

describe('options from outside', () => {
  it('in messages: those that are none of ours are dropped', () => {
    for (const value of [undefined, {}, { type: 'x' }, 'run', { type: ['run'] }]) {
      assert.equal(readRunFormMessage(value), undefined);
    }
    assert.deepEqual(readRunFormMessage({ type: 'run', options: { image: 'a' }, start: false }), {
      type: 'run',
      options: { image: 'a' },
      start: false,
    });
  });
});
