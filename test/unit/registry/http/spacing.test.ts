import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createPace } from '../../../../src/registry/http/spacing.ts';

describe('the pace of a blob', () => {
  /** Waits so long for so many bytes, again and again. */
  function waits(...steps: [milliseconds: number, bytes: number][]): () => void {
    let now = 0;
    const pace = createPace('registry.lab', 10_000, () => now);
    return () => {
      for (const [milliseconds, bytes] of steps) {
        // What we take for ourselves does not count.
        now += 1_000_000;
        pace.start();
        now += milliseconds;
        pace.stop(bytes);
      }
    };
  }

  it('has to be a kilobyte for each second of waiting', () => {
    assert.doesNotThrow(waits([9_999, 0], [1, 10_240]));
    assert.throws(waits([9_999, 0], [1, 10_239]), { code: 'timeout' });
  });

  it('is judged for each stretch of waiting by itself', () => {
    assert.throws(waits([10_000, 1_000_000], [10_000, 1]), { code: 'timeout' });
    assert.doesNotThrow(waits([10_000, 10_240], [5_000, 1], [4_000, 1]));
  });
});
