import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { InventoryChange } from '../../../src/engine/types.ts';
import { createUserIndex, followUsers } from '../../../src/views/usedBy.ts';
import { container } from '../model/sampleObjects.ts';
import { fakeApp } from './fakeApp.ts';

describe('index of users', () => {
  it('knows who uses what, and names the owners from before and from now', () => {
    const index = createUserIndex();
    assert.deepEqual(index.set('web', ['data', 'cache']), ['data', 'cache']);
    assert.deepEqual(index.set('db', ['data']), ['data']);
    assert.deepEqual([index.of('data'), index.count('cache')], [['web', 'db'], 1]);
    assert.deepEqual(index.set('web', ['logs']), ['data', 'cache', 'logs']);
    assert.deepEqual([index.of('data'), index.count('cache'), index.of('logs')], [['db'], 0, ['web']]);
    assert.deepEqual(index.set('web', []), ['logs']);
    assert.deepEqual(index.set('web', []), [], 'it is forgotten');
    index.clear();
    assert.deepEqual([index.of('data'), index.set('db', [])], [[], []]);
  });
});

describe('users', () => {
  it('are followed from when they were asked for, and told each owner once', async () => {
    const fake = fakeApp();
    fake.containers = [container({ id: 'b', name: 'web', networks: ['shop'] })];
    const seen: (readonly string[] | undefined)[] = [];
    const users = followUsers(
      fake.app.engine.inventory,
      ({ networks }) => networks,
      (owners) => seen.push(owners),
    );
    const nothing: InventoryChange = { kind: 'containers', added: [], changed: [], removed: [], reset: false };
    fake.change.fire({ ...nothing, added: ['b'] });
    assert.deepEqual(seen, [], 'nobody asked yet');
    await users.ready();
    fake.containers.push(container({ id: 'a', name: 'db', networks: ['shop'] }), container({ id: 'c' }));
    fake.change.fire({ ...nothing, added: ['a', 'c'] });
    fake.change.fire({ ...nothing, changed: ['c'] });
    assert.deepEqual(seen, [['shop']]);
    assert.deepEqual(
      users.of('shop').map(({ name }) => name),
      ['db', 'web'],
    );
    fake.change.fire({ ...nothing, reset: true });
    assert.deepEqual(seen.slice(1), [undefined]);
    assert.equal(users.count('shop'), 0);
    users.dispose();
    assert.equal(fake.change.size, 0);
  });
});
