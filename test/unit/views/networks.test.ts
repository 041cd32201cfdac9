import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { networksView } from '../../../src/views/networks.ts';
import type { RowChange } from '../../../src/views/types.ts';
import { container, network } from '../model/sampleObjects.ts';
import { fakeApp } from './fakeApp.ts';

const nothing = { added: [], changed: [], removed: [], reset: false };

describe('networks view', () => {
  it('lists networks with their containers, those of the engine at the end', async () => {
    const fake = fakeApp();
    fake.networks = [
      network({ id: '1', name: 'bridge', subnets: ['172.17.0.0/16'] }),
      network({ id: '2', name: 'shop', internal: true }),
    ];
    fake.containers = [container({ id: 'a', name: 'web', networks: ['shop', 'bridge'] })];
    const view = networksView(fake.app);
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
    fake.containers = [container({ id: 'a', name: 'web', networks: ['bridge'] })];
    fake.change.fire({ ...nothing, kind: 'containers', changed: ['a'] });
    assert.deepEqual(seen, [['network/2', 'network/1']]);
    view.dispose();
    assert.equal(fake.change.size, 0);
  });
});
