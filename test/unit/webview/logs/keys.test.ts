// Keys and presses on the page of logs.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { everything } from '../../../../src/model/logs/list.ts';
import { keyAction, savedTop, withSource } from '../../../../src/webview/logs/keys.ts';

describe('input of the page of logs', () => {
  it('searches with the keys of an editor', () => {
    const plain = { command: false, shift: false };
    assert.equal(keyAction('f', { ...plain, command: true }), 'find');
    assert.equal(keyAction('F', { command: true, shift: true }), 'find');
    assert.equal(keyAction('f', plain), undefined);
    assert.equal(keyAction('F3', plain), 'next');
    assert.equal(keyAction('F3', { ...plain, shift: true }), 'back');
    assert.equal(keyAction('Escape', plain), 'close');
    assert.equal(keyAction('a', { ...plain, command: true }), undefined);
  });

  it('hides a source, and shows it again', () => {
    const hidden = withSource(withSource(everything, 2), 0);
    assert.deepEqual(hidden.hidden, [2, 0]);
    assert.deepEqual(withSource(hidden, 2), { ...everything, hidden: [0] });
  });

  it('comes back to where the page was left, unless it followed', () => {
    assert.equal(savedTop({ top: 7.5, follow: false }), 7.5);
    for (const saved of [{ top: 7, follow: true }, { top: '7', follow: false }, { top: 7 }, {}]) {
      assert.equal(savedTop(saved), undefined);
    }
  });
});
