import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { keyOf } from '../../../src/model/elements.ts';
import type { RowChange } from '../../../src/views/types.ts';
import { volumesView } from '../../../src/views/volumes.ts';
import { container, volume } from '../model/sampleObjects.ts';
import { fakeApp } from './fakeApp.ts';

const nothing = { added: [], changed: [], removed: [], reset: false };
const mounted = (source: string) => [{ kind: 'volume', source, target: '/data', writable: true } as const];

describe('volumes view', () => {
  it('lists volumes with who uses them, those without a name at the end', async () => {
    const fake = fakeApp();
    const anonymous = 'f'.repeat(64);
    fake.volumes = [volume({ name: anonymous }), volume({ name: 'data' }), volume({ name: 'cache', driver: 'nfs' })];
    fake.containers = [
      container({ id: 'a', name: 'web', mounts: mounted('data') }),
      container({ id: 'b', name: 'db', mounts: mounted('data'), state: 'exited' }),
    ];
    const view = volumesView(fake.app);
    const rows = await view.children();
    assert.deepEqual(
      rows.map((row) => view.row(row)).map(({ label, description }) => [label, description]),
      [
        ['cache', 'nfs · not used'],
        ['data', 'used by db, web'],
        ['ffffffffffff', 'anonymous · not used'],
      ],
    );
    const below = await view.children({ type: 'volume', name: 'data' });
    assert.deepEqual(
      below.map((row) => view.row(row).label),
      ['db', 'web', 'Files'],
    );
    assert.match((await view.tooltip?.({ type: 'volume', name: 'data' })) ?? '', /data\\-only containers.*db/s);
  });

  it('draws only the volumes again whose users changed, and shows what the filter finds', async () => {
    const fake = fakeApp();
    fake.volumes = [volume({ name: 'data' }), volume({ name: 'other' })];
    const view = volumesView(fake.app);
    await view.children();
    const seen: RowChange[] = [];
    view.onChange((keys) => seen.push(keys));
    fake.containers = [container({ id: 'a', name: 'web', mounts: mounted('data') }), container({ id: 'b' })];
    fake.change.fire({ ...nothing, kind: 'containers', added: ['a', 'b'] });
    assert.deepEqual(seen, [['volume/data']]);
    fake.app.filters.set('volumes', 'web');
    assert.deepEqual((await view.children()).map(keyOf), ['filter/volumes', 'volume/data']);
    view.dispose();
    assert.equal(fake.change.size, 0);
  });
});
