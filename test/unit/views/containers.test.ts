import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { containersView } from '../../../src/views/containers.ts';
import type { RowChange } from '../../../src/views/view.ts';
import { container, inMemory } from './memory.ts';

describe('containers view', () => {
  it('lists containers by name, with image, state and ports', async () => {
    const memory = inMemory();
    memory.containers = [
      container({ id: 'b', name: 'web', ports: [{ container: 80, protocol: 'tcp', host: 8080, address: '0.0.0.0' }] }),
      container({ id: 'a', name: 'db', state: 'exited', exitCode: 1 }),
    ];
    const view = containersView(memory.app);
    const rows = (await view.children()).map((element) => view.row(element));
    assert.deepEqual(
      rows.map(({ label, description, kind }) => [label, description, kind]),
      [
        ['db', 'exited (1) · busybox:latest', 'container.exited'],
        ['web', 'running · 8080→80 · busybox:latest', 'container.running'],
      ],
    );
  });

  it('draws a row again when only it changed, and the list when rows came or went', () => {
    const memory = inMemory();
    const view = containersView(memory.app);
    const seen: RowChange[] = [];
    view.onChange((rows) => seen.push(rows));
    const none = { added: [], changed: [], removed: [], reset: false };
    memory.change.fire({ ...none, kind: 'containers', changed: ['a'] });
    memory.change.fire({ ...none, kind: 'images', changed: ['a'] });
    memory.change.fire({ ...none, kind: 'containers', added: ['b'] });
    memory.change.fire({ ...none, kind: 'containers', removed: ['b'] });
    assert.deepEqual(seen, [['container/a'], undefined, undefined]);
  });

  it('shows hostile names and labels inert', async () => {
    const memory = inMemory();
    memory.containers = [container({ name: '\u001b[31m[x](command:evil)\u202e<b>', image: '![i](http://x/y)' })];
    const view = containersView(memory.app);
    const [element] = await view.children();
    assert.ok(element);
    assert.equal(view.row(element).label, '[x](command:evil)<b>');
    const tooltip = (await view.tooltip?.(element)) ?? '';
    assert.ok(!tooltip.includes('\u001b') && !tooltip.includes('\u202e'));
    assert.doesNotMatch(tooltip, /(?<!\\)\]\(|(?<!\\)</);
  });

  it('leaves no listener behind', () => {
    const memory = inMemory();
    const view = containersView(memory.app);
    assert.equal(memory.change.size, 1);
    view.dispose();
    assert.equal(memory.change.size, 0);
  });
});
