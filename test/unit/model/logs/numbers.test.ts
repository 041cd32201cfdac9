// Numbers of lines, while old ones go and new ones come.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createNumbers, nextOf } from '../../../../src/model/logs/numbers.ts';

describe('numbers of lines', () => {
  it('keep their places when the smallest are dropped', () => {
    const numbers = createNumbers();
    numbers.add([2, 4, 6]);
    numbers.add([8]);
    numbers.dropBelow(5);
    assert.deepEqual([numbers.gone, numbers.end], [2, 4]);
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((place) => numbers.at(place)),
      [undefined, undefined, 6, 8, undefined],
    );
    assert.deepEqual(
      [0, 6, 7, 8, 9].map((value) => numbers.lowerBound(value)),
      [2, 2, 3, 3, 4],
    );
  });

  it('agree with a plain list, also of a hundred thousand', () => {
    const numbers = createNumbers();
    const plain: number[] = [];
    for (let round = 0; round < 100; round += 1) {
      const more = Array.from({ length: 1000 }, (_, index) => round * 3000 + index * 3);
      numbers.add(more);
      plain.push(...more);
      numbers.dropBelow(round * 2000);
      const gone = plain.findIndex((value) => value >= round * 2000);
      assert.deepEqual([numbers.gone, numbers.end], [gone, plain.length]);
      assert.equal(numbers.at(gone), plain[gone]);
      assert.equal(numbers.at(gone - 1), undefined);
    }
  });

  it('are gone through in both directions, round the ends', () => {
    const numbers = createNumbers();
    assert.equal(nextOf(numbers, 5, false), undefined);
    numbers.add([1, 3, 5]);
    numbers.dropBelow(2);
    assert.deepEqual(
      [0, 3, 4, 5, 9].map((value) => nextOf(numbers, value, false)),
      [3, 5, 5, 3, 3],
    );
    assert.deepEqual(
      [0, 3, 4, 5, 9].map((value) => nextOf(numbers, value, true)),
      [5, 5, 3, 3, 5],
    );
    numbers.dropBelow(100);
    assert.equal(nextOf(numbers, 5, true), undefined);
  });
});
