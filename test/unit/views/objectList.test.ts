import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { InventoryChange } from '../../../src/engine/types.ts';
import { changedRows } from '../../../src/views/objectList.ts';

describe('rows that a change of a list touches', () => {
  const nothing: InventoryChange = { kind: 'volumes', added: [], changed: [], removed: [], reset: false };
  const key = (name: string) => `volume/${name}`;

  it('are those of changed objects, as long as none came or went', () => {
    assert.deepEqual(changedRows({ ...nothing, changed: ['a', 'b'] }, key), ['volume/a', 'volume/b']);
    assert.equal(changedRows({ ...nothing, changed: ['a'], added: ['b'] }, key), undefined);
    assert.equal(changedRows({ ...nothing, removed: ['b'] }, key), undefined);
    assert.equal(changedRows({ ...nothing, reset: true }, key), undefined);
  });

  it('are all where an object has several that come and go as it changes', () => {
    assert.equal(changedRows({ ...nothing, changed: ['a'] }, undefined), undefined);
    assert.deepEqual(changedRows(nothing, undefined), []);
  });
});
