// Finding a text in a line of a log.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { marksIn, textTest } from '../../../../src/model/logs/match.ts';

describe('a search in a log line', () => {
  it('finds what is there, with upper and lower case alike or not', () => {
    assert.equal(textTest('ERR', false)('an error'), true);
    assert.equal(textTest('ERR', true)('an error'), false);
    assert.equal(textTest('É', false)('café'), true);
    assert.deepEqual(marksIn('an ERROR or error', 'Err', false), [
      { from: 3, to: 6 },
      { from: 12, to: 15 },
    ]);
    assert.deepEqual(marksIn('an ERROR or error', 'err', true), [{ from: 12, to: 15 }]);
    assert.deepEqual(marksIn('anything', '', false), []);
  });

  it('takes every character for itself', () => {
    for (const text of ['a.b', '[x]', '(', '\\d', '^', '$', '{2}', 'a|b', '*', '+', '?', '-']) {
      assert.equal(textTest(text, false)(`before ${text} after`), true, text);
      assert.equal(textTest(text, false)('before'), false, text);
      assert.deepEqual(marksIn(`_${text}`, text, false), [{ from: 1, to: 1 + text.length }], text);
    }
  });

  it('agrees with the test of lines on whether there is anything', () => {
    for (const exact of [true, false]) {
      for (const line of ['', 'abc', 'ABC', '𝒳 abc', 'straße']) {
        for (const text of ['b', 'BC', 'ß', '𝒳']) {
          assert.equal(textTest(text, exact)(line), marksIn(line, text, exact).length > 0, `${text} in ${line}`);
        }
      }
    }
  });
});
