import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { waitBefore } from '../../../../src/views/containers/pace.ts';

describe('pace of the containers view', () => {
  const moved = { reset: false, added: [], removed: [] };
  const came = { ...moved, added: ['a'] };
  const rest = 2_000;
  const list = { size: 10_000, sinceLaidOut: 10_000, sinceDue: 0 };

  it('lays a short list out at once', () => {
    assert.equal(waitBefore(moved, { ...list, size: 1_000, sinceLaidOut: 0 }), undefined);
    assert.equal(waitBefore(came, { ...list, size: 0, sinceLaidOut: 0 }), undefined);
  });

  it('lays a long list out at once when all is new, or something came or went while it was at rest', () => {
    assert.equal(waitBefore({ ...moved, reset: true }, { ...list, sinceLaidOut: 0 }), undefined);
    assert.equal(waitBefore(came, list), undefined);
    assert.equal(waitBefore({ ...moved, removed: ['a'] }, { ...list, sinceLaidOut: rest }), undefined);
  });

  it('lets a long list rest otherwise, three times as long at most while changes go on', () => {
    assert.equal(waitBefore(moved, list), rest);
    assert.equal(waitBefore(came, { ...list, sinceLaidOut: rest - 1 }), rest);
    assert.equal(waitBefore(moved, { ...list, sinceDue: 5_000 }), 1_000);
  });
});
