import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { InventoryChange } from '../../../../src/engine/types.ts';
import type { Container } from '../../../../src/model/objects.ts';
import { touchedRows } from '../../../../src/views/containers/touched.ts';
import { container } from '../../model/sampleObjects.ts';

describe('rows of containers that a change touches', () => {
  const nothing: InventoryChange = { kind: 'containers', added: [], changed: [], removed: [], reset: false };
  const old = container({ id: 'a', name: 'web', state: 'running' });
  const known = (now: Container | undefined, before: Container | undefined = old) => ({
    before: () => before,
    now: () => now,
    placeOf: ({ name }: Container) => name,
    groupOf: () => ({ type: 'group', by: 'compose', path: ['shop', 'web'] }) as const,
  });

  it('are the changed ones, and all groups that count them', () => {
    assert.deepEqual(touchedRows({ ...nothing, changed: ['a'] }, known({ ...old, state: 'exited' })), [
      'container/a',
      'group/compose/shop',
      'group/compose/shop/web',
    ]);
    assert.deepEqual(touchedRows({ ...nothing, changed: ['a'] }, { ...known(old), groupOf: () => undefined }), [
      'container/a',
    ]);
  });

  it('are all when one came, went or moved, or was not known', () => {
    assert.equal(touchedRows({ ...nothing, added: ['b'], changed: ['a'] }, known(old)), undefined);
    assert.equal(touchedRows({ ...nothing, removed: ['b'] }, known(old)), undefined);
    assert.equal(touchedRows({ ...nothing, reset: true }, known(old)), undefined);
    assert.equal(touchedRows({ ...nothing, changed: ['a'] }, known({ ...old, name: 'db' })), undefined);
    assert.equal(touchedRows({ ...nothing, changed: ['a'] }, known(undefined)), undefined);
    assert.equal(touchedRows({ ...nothing, changed: ['a'] }, { ...known(old), before: () => undefined }), undefined);
  });
});
