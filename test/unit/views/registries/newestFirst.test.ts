import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { newestFirst } from '../../../../src/views/registries/newestFirst.ts';

function world() {
  const begun: number[] = [];
  const ends = new Map<number, () => void>();
  const wishes = newestFirst<number>(String, (wish) => {
    begun.push(wish);
    return wish < 0 ? undefined : new Promise((resolve) => ends.set(wish, resolve));
  });
  const end = async (wish: number) => {
    ends.get(wish)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { wishes, begun, end };
}

describe('wishes', () => {
  it('are begun six at once, then the newest first, and none twice at once', async () => {
    const { wishes, begun, end } = world();
    for (const wish of [0, 1, 2, 3, 4, 5, 6, 7, 0]) {
      wishes.add(wish);
    }
    assert.deepEqual(begun.splice(0), [0, 1, 2, 3, 4, 5]);
    await end(3);
    assert.deepEqual(begun, [7], 'the last wish is worked on already');
  });

  it('give way where there is nothing to do any more', () => {
    const { wishes, begun } = world();
    for (const wish of [-1, -2, 1, 2, 3, 4, 5, 6, 7]) {
      wishes.add(wish);
    }
    assert.deepEqual(begun, [-1, -2, 1, 2, 3, 4, 5, 6]);
  });

  it('are given back when they wait too long, and when they are taken', async () => {
    const { wishes, begun, end } = world();
    const late = Array.from({ length: 408 }, (_, wish) => wishes.add(wish)).flat();
    assert.deepEqual(late, [6, 7]);
    const odd = wishes.take((wish) => wish % 2 === 1);
    assert.deepEqual([odd.length, odd.includes(1), odd.includes(407)], [203, true, true]);
    begun.length = 0;
    await end(0);
    assert.deepEqual(begun, [406]);
  });
});
