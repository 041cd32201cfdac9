import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { keyOf } from '../../../src/model/elements.ts';
import { imagesView } from '../../../src/views/images.ts';
import { image, inMemory } from './memory.ts';

describe('images view', () => {
  it('lists repositories, their tags newest first, and images without a tag at the end', async () => {
    const memory = inMemory();
    memory.images = [
      image({ id: 'sha256:1', tags: ['busybox:1', 'localhost:5000/team/box:1'], created: 1 }),
      image({ id: 'sha256:2', tags: ['busybox:2'], created: 2, size: 4_260_000 }),
      image({ id: 'sha256:3' }),
    ];
    const view = imagesView(memory.app);
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
});
