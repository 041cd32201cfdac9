import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { keyOf } from '../../../src/model/elements.ts';
import { imagesView } from '../../../src/views/images.ts';
import type { RowChange } from '../../../src/views/types.ts';
import { container, image, inMemory } from './memory.ts';

describe('images view', () => {
  const filled = () => {
    const memory = inMemory();
    memory.images = [
      image({ id: 'sha256:1', tags: ['busybox:1', 'localhost:5000/team/box:1'], created: 1 }),
      image({ id: 'sha256:2', tags: ['busybox:2'], created: 2, size: 4_260_000 }),
      image({ id: 'sha256:3' }),
    ];
    return memory;
  };

  it('lists repositories, their tags newest first, and images without a tag at the end', async () => {
    const view = imagesView(filled().app);
    const top = await view.children();
    assert.deepEqual(top.map(keyOf), [
      'imageRepository/busybox',
      'imageRepository/localhost:5000/team/box',
      'image/sha256:3',
    ]);
    const [busybox] = top;
    assert.ok(busybox);
    const tags = await view.children(busybox);
    assert.deepEqual(tags.map(keyOf), ['image/busybox:2', 'image/busybox:1']);
    const [newest] = tags;
    assert.ok(newest);
    const row = view.row(newest);
    assert.equal(row.label, '2');
    assert.match(row.description ?? '', /^4\.26 MB · /);
  });

  it('shows one list by size, without images that have no tag, when it is asked to', async () => {
    const memory = filled();
    const view = imagesView(memory.app);
    await memory.app.arrangement.setImages({ groupBy: 'none', sortBy: 'size', dangling: false });
    assert.deepEqual(
      (await view.children()).map((row) => view.row(row).label),
      ['busybox:2', 'busybox:1', 'localhost:5000/team/box:1'],
    );
    memory.app.filters.set('images', 'team');
    const [filter, ...rows] = await view.children();
    assert.ok(filter);
    assert.equal(view.row(filter).description, '1 of 3');
    assert.deepEqual(rows.map(keyOf), ['image/localhost:5000/team/box:1']);
  });

  it('says which images are in use, and draws their rows again when that changes', async () => {
    const memory = filled();
    memory.containers = [container({ id: 'a', name: 'web', imageId: 'sha256:2' })];
    const view = imagesView(memory.app);
    await view.children();
    const used = { type: 'image', id: 'sha256:2', ref: 'busybox:2' } as const;
    assert.match(view.row(used).description ?? '', /in use$/);
    assert.match((await view.tooltip?.(used)) ?? '', /Used by: web$/);
    const seen: RowChange[] = [];
    view.onChange((keys) => seen.push(keys));
    memory.containers = [container({ id: 'a', name: 'other', imageId: 'sha256:2' })];
    memory.change.fire({ kind: 'containers', added: [], changed: ['a'], removed: [], reset: false });
    assert.deepEqual(seen, [], 'it is in use as before');
    memory.containers = [];
    memory.change.fire({ kind: 'containers', added: [], changed: [], removed: ['a'], reset: false });
    assert.deepEqual(seen, [['image/busybox:2']]);
    assert.doesNotMatch(view.row(used).description ?? '', /in use/);
  });
});
