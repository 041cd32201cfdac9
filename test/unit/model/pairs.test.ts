// `name=value`, cut and collected.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { mapOf, pairOf, putPair } from '../../../src/model/pairs.ts';

describe('name=value', () => {
  it('is cut at the first equals sign; an empty value is another than none', () => {
    assert.deepEqual(['A=b=c', 'A=', 'A', '=b'].map(pairOf), [
      ['A', 'b=c'],
      ['A', ''],
      ['A', undefined],
      ['', 'b'],
    ]);
  });

  it('is collected with the last of a name', () => {
    assert.deepEqual(mapOf(['A=1', 'B', 'A=2']), { A: '2', B: '' });
    assert.deepEqual(putPair(putPair({ A: '1' }, 'A=2'), 'B'), { A: '2', B: '' });
  });

  it('takes the names of every object for names like any other', () => {
    for (const map of [mapOf(['__proto__=x']), putPair({}, '__proto__=x')]) {
      assert.deepEqual(Object.entries(map), [['__proto__', 'x']]);
      assert.equal(Object.getPrototypeOf(map), Object.prototype);
    }
  });
});
