import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { keyOf } from '../../../src/model/elements.ts';
import { imagesView, tagsIn, topLevel } from '../../../src/views/images.ts';
import type { RowChange } from '../../../src/views/types.ts';
import { container, image } from '../model/sampleObjects.ts';
import { fakeApp } from './fakeApp.ts';

describe('images view', () => {
  const filled = () => {
    const fake = fakeApp();
    fake.images = [
      image({ id: 'sha256:1', tags: ['busybox:1', 'localhost:5000/team/box:1'], created: 1 }),
      image({ id: 'sha256:2', tags: ['busybox:2'], created: 2, size: 4_260_000 }),
      image({ id: 'sha256:3' }),
    ];
    return fake;
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
    const fake = filled();
    const view = imagesView(fake.app);
    await fake.app.arrangement.setImages({ groupBy: 'none', sortBy: 'size', dangling: false });
    assert.deepEqual(
      (await view.children()).map((row) => view.row(row).label),
      ['busybox:2', 'busybox:1', 'localhost:5000/team/box:1'],
    );
    fake.app.filters.set('images', 'team');
    const [filter, ...rows] = await view.children();
    assert.ok(filter);
    assert.equal(view.row(filter).description, '1 of 3');
    assert.deepEqual(rows.map(keyOf), ['image/localhost:5000/team/box:1']);
  });

  it('says which images are in use, and draws their rows again when that changes', async () => {
    const fake = filled();
    fake.containers = [container({ id: 'a', name: 'web', imageId: 'sha256:2' })];
    const view = imagesView(fake.app);
    await view.children();
    const used = { type: 'image', id: 'sha256:2', ref: 'busybox:2' } as const;
    assert.match(view.row(used).description ?? '', /in use$/);
    assert.match((await view.tooltip?.(used)) ?? '', /Used by: web$/);
    const seen: RowChange[] = [];
    view.onChange((keys) => seen.push(keys));
    fake.containers = [container({ id: 'a', name: 'other', imageId: 'sha256:2' })];
    fake.change.fire({ kind: 'containers', added: [], changed: ['a'], removed: [], reset: false });
    assert.deepEqual(seen, [], 'it is in use as before');
    fake.containers = [];
    fake.change.fire({ kind: 'containers', added: [], changed: [], removed: ['a'], reset: false });
    assert.deepEqual(seen, [['image/busybox:2']]);
    assert.doesNotMatch(view.row(used).description ?? '', /in use/);
  });
});

describe('rows of images', () => {
  const one = image({ id: 'sha256:1', tags: ['a:1', 'a:2'], created: 1, size: 9 });
  const two = image({ id: 'sha256:2', tags: ['a:10'], created: 2, size: 1 });
  const rows = [
    { image: one, ref: 'a:1' },
    { image: one, ref: 'a:2' },
    { image: two, ref: 'a:10' },
    { image: image({ id: 'sha256:3' }) },
  ];

  it('stand below their repositories, or all at the top', () => {
    assert.deepEqual(topLevel(rows, true).map(keyOf), ['imageRepository/a', 'image/sha256:3']);
    assert.deepEqual(topLevel(rows, false).map(keyOf), ['image/a:1', 'image/a:2', 'image/a:10', 'image/sha256:3']);
  });

  it('are the newest first in a repository, in the order of their names where one image has several, or as they come', () => {
    assert.deepEqual(tagsIn(rows, 'a', false).map(keyOf), ['image/a:10', 'image/a:1', 'image/a:2']);
    assert.deepEqual(tagsIn(rows, 'a', true).map(keyOf), ['image/a:1', 'image/a:2', 'image/a:10']);
    assert.deepEqual(tagsIn(rows, 'b', true), []);
  });
});
