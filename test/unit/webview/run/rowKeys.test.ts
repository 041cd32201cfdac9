// Keys in the rows of a list.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { focusAfterRemoval, rowKey } from '../../../../src/webview/run/rowKeys.ts';

describe('keys in a row of the run form', () => {
  it('add a row below one with a text, and take an empty one away', () => {
    assert.equal(rowKey('Enter', false, '80:80'), 'add');
    assert.equal(rowKey('Enter', false, ''), undefined);
    assert.equal(rowKey('Backspace', false, ''), 'remove');
    assert.equal(rowKey('Backspace', false, '8'), undefined);
    assert.equal(rowKey('x', false, ''), undefined);
  });

  it('leave Enter with Control to the form, which runs', () => {
    assert.equal(rowKey('Enter', true, '80:80'), undefined);
  });

  it('go to the row before, or to the first', () => {
    assert.deepEqual([3, 1, 0].map(focusAfterRemoval), [2, 0, 0]);
  });
});
