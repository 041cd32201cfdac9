import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { keyOf } from '../../../src/model/elements.ts';
import { networksView } from '../../../src/views/networks.ts';
import type { RowChange } from '../../../src/views/types.ts';
import { volumesView } from '../../../src/views/volumes.ts';
import { container, inMemory, network, volume } from './memory.ts';

const nothing = { added: [], changed: [], removed: [], reset: false };
const mounted = (source: string) => [{ kind: 'volume', source, target: '/data', writable: true } as const];

describe('volumes view', () => {
  it('lists volumes with who uses them, those without a name at the end', async () => {
    const memory = inMemory();
    const anonymous = 'f'.repeat(64);
    memory.volumes = [volume({ name: anonymous }), volume({ name: 'data' }), volume({ name: 'cache', driver: 'nfs' })];
    memory.containers = [
      container({ id: 'a', name: 'web', mounts: mounted('data') }),
      container({ id: 'b', name: 'db', mounts: mounted('data'), state: 'exited' }),
    ];
    const view = volumesView(memory.app);
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
    const memory = inMemory();
    memory.volumes = [volume({ name: 'data' }), volume({ name: 'other' })];
    const view = volumesView(memory.app);
    await view.children();
    const seen: RowChange[] = [];
    view.onChange((keys) => seen.push(keys));
    memory.containers = [container({ id: 'a', name: 'web', mounts: mounted('data') }), container({ id: 'b' })];
    memory.change.fire({ ...nothing, kind: 'containers', added: ['a', 'b'] });
    assert.deepEqual(seen, [['volume/data']]);
    memory.app.filters.set('volumes', 'web');
    assert.deepEqual((await view.children()).map(keyOf), ['filter/volumes', 'volume/data']);
    view.dispose();
    assert.equal(memory.change.size, 0);
  });
});

describe('networks view', () => {
  it('lists networks with their containers, those of the engine at the end', async () => {
    const memory = inMemory();
    memory.networks = [
      network({ id: '1', name: 'bridge', subnets: ['172.17.0.0/16'] }),
      network({ id: '2', name: 'shop', internal: true }),
    ];
    memory.containers = [container({ id: 'a', name: 'web', networks: ['shop', 'bridge'] })];
    const view = networksView(memory.app);
    const rows = (await view.children()).map((row) => view.row(row));
    assert.deepEqual(
      rows.map(({ label, description, kind }) => [label, description, kind]),
      [
        ['shop', 'bridge · internal · 1 container', 'network'],
        ['bridge', 'bridge · 172.17.0.0/16 · 1 container', 'network.builtIn'],
      ],
    );
    const [member] = await view.children({ type: 'network', id: '2' });
    assert.ok(member);
    assert.equal(view.row(member).label, 'web');
    assert.deepEqual(view.parent?.(member), { type: 'network', id: '2' });
    const seen: RowChange[] = [];
    view.onChange((keys) => seen.push(keys));
    memory.containers = [container({ id: 'a', name: 'web', networks: ['bridge'] })];
    memory.change.fire({ ...nothing, kind: 'containers', changed: ['a'] });
    assert.deepEqual(seen, [['network/2', 'network/1']]);
    view.dispose();
    assert.equal(memory.change.size, 0);
  });
});
