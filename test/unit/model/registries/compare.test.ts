import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { compareImages } from '../../../../src/model/registries/compare.ts';
import type { LayerFacts, PlatformFacts } from '../../../../src/model/registries/tag.ts';

function image(fields: Partial<PlatformFacts>): PlatformFacts {
  return {
    platform: 'linux/amd64',
    digest: 'sha256:1',
    layers: [],
    steps: [],
    labels: {},
    annotations: {},
    env: [],
    ports: [],
    volumes: [],
    ...fields,
  };
}

const layer = (id: string, size: number): LayerFacts => ({ digest: `sha256:z${id}`, diffId: `sha256:${id}`, size });

describe('comparing images', () => {
  it('tells shared layers from others by their content', () => {
    const recompressed: LayerFacts = { digest: 'sha256:other', diffId: 'sha256:a', size: 90 };
    const { by, shared, sharedSize, onlyBefore, onlyAfter } = compareImages(
      image({ layers: [layer('a', 100), layer('b', 20)] }),
      image({ layers: [recompressed, layer('c', 5)] }),
    );
    assert.equal(by, 'content');
    assert.deepEqual(shared, { before: [true, false], after: [true, false] });
    assert.deepEqual([sharedSize, onlyBefore, onlyAfter], [100, 20, 5]);
  });

  it('compares the compressed bytes where the content has no name', () => {
    const { by, shared } = compareImages(
      image({ layers: [{ digest: 'sha256:a', size: 1 }] }),
      image({ layers: [{ digest: 'sha256:a', size: 1 }] }),
    );
    assert.equal(by, 'digest');
    assert.deepEqual(shared.after, [true]);
  });

  it('lists what changed in the configuration, and nothing else', () => {
    const { changes } = compareImages(
      image({ env: ['A=1', 'B=x=y', 'OLD='], labels: { v: '1' }, command: ['sh'], ports: ['80/tcp', '443/tcp'] }),
      image({ env: ['B=x=z', 'A=1', 'NEW=1'], labels: { v: '2' }, command: ['sh'], ports: ['443/tcp', '80/tcp'] }),
    );
    assert.deepEqual(changes, [
      { kind: 'env', name: 'B', before: 'x=y', after: 'x=z' },
      { kind: 'env', name: 'NEW', after: '1' },
      { kind: 'env', name: 'OLD', before: '' },
      { kind: 'label', name: 'v', before: '1', after: '2' },
    ]);
  });
});
