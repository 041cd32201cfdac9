// What a new answer of the engine changes in memory.
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { describe, it } from 'mocha';
import { sameButForAge, takeOver } from '../../../../src/engine/inventory/memory.ts';

describe('memory', () => {
  it('takes over what differs, and keeps the very objects that are the same', () => {
    const kept = { name: 'kept' };
    const objects = new Map([
      ['kept', kept],
      ['old', { name: 'old' }],
      ['gone', { name: 'gone' }],
    ]);
    const found = new Map([
      ['kept', { name: 'kept' }],
      ['old', { name: 'new' }],
      ['came', { name: 'came' }],
    ]);
    assert.deepEqual(takeOver(objects, found, ['gone', 'never'], isDeepStrictEqual), {
      added: ['came'],
      changed: ['old'],
    });
    assert.equal(objects.get('kept'), kept);
    assert.deepEqual([...objects.keys()].sort(), ['came', 'kept', 'old']);
    assert.equal(objects.get('old')?.name, 'new');
  });

  it('does not take the age in a status for a change', () => {
    assert.ok(sameButForAge({ id: 'a', status: 'Up 1 hour' }, { id: 'a', status: 'Up 2 hours' }));
    assert.ok(!sameButForAge({ id: 'a', status: 'Up' }, { id: 'b', status: 'Up' }));
    assert.ok(sameButForAge({ id: 'a' }, { id: 'a' }));
  });
});
