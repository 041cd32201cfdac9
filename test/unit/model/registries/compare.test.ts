import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { compareImages } from '../../../../src/model/registries/compare.ts';
import { type LayerFacts, type PlatformFacts, pairSteps, readableStep } from '../../../../src/model/registries/tag.ts';

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

describe('history', () => {
  it('pairs steps with layers, and leaves out those that made none', () => {
    const steps = pairSteps(
      [
        { createdBy: '/bin/sh -c #(nop) ADD file:1 in / ', empty: false },
        { createdBy: '/bin/sh -c #(nop)  ENV A=1', empty: true },
        { createdBy: 'RUN /bin/sh -c make # buildkit', empty: false },
      ],
      2,
    );
    assert.deepEqual(steps, [
      { text: 'ADD file:1 in /', layer: 0 },
      { text: 'ENV A=1' },
      { text: 'RUN make', layer: 1 },
    ]);
  });

  it('does not pair a history that does not fit', () => {
    assert.deepEqual(pairSteps([{ createdBy: 'RUN one', empty: false }], 2), [{ text: 'RUN one' }]);
  });

  it('reads steps as the Dockerfile said them', () => {
    assert.equal(readableStep('/bin/sh -c apk add curl'), 'RUN apk add curl');
    assert.equal(readableStep('|1 VERSION=3 /bin/sh -c make'), 'RUN make');
    assert.equal(readableStep('RUN |1 VERSION=3 /bin/sh -c make # buildkit'), 'RUN make');
    assert.equal(readableStep('COPY . /app # buildkit'), 'COPY . /app');
    assert.equal(readableStep('RUN <<EOF (one, two) # buildkit'), 'RUN <<EOF (one, two)');
    assert.equal(readableStep('bazel build'), 'bazel build');
    const hostile = `|1 ${'a= '.repeat(100_000)}`;
    assert.equal(readableStep(hostile), hostile.trim());
  });
});
