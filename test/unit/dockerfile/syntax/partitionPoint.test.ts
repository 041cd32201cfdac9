// The binary search that everything in order is found by.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { partitionPoint } from '../../../../src/dockerfile/syntax/partitionPoint.ts';

describe('the partition point', () => {
  it('is the first index that no longer holds, at either end too', () => {
    for (let length = 0; length < 20; length += 1) {
      for (let point = 0; point <= length; point += 1) {
        assert.equal(
          partitionPoint(length, (index) => index < point),
          point,
        );
      }
    }
  });

  it('is found with few questions', () => {
    let asked = 0;
    partitionPoint(1_000_000, (index) => {
      asked += 1;
      return index < 777_777;
    });
    assert.ok(asked <= 20, `${asked} questions`);
  });
});
