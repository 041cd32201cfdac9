// Steps of an image's history as text, beside the layers that they made.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { pairSteps, readableStep } from '../../../../src/model/registries/tag.ts';

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
