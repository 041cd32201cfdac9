import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { layerReport } from '../../../../src/steps/images/layerProgress.ts';

describe('progress of layers', () => {
  it('counts layers and bytes, and never more than all', () => {
    const said: [string, number | undefined][] = [];
    const listener = layerReport((text, fraction) => said.push([text, fraction]));
    listener({ layer: 'a', status: 'Preparing' });
    listener({ layer: 'a', status: 'Pushing', current: 500, total: 1000 });
    listener({ layer: 'b', status: 'Layer already exists' });
    listener({ layer: 'a', status: 'Pushing', current: 1500, total: 1000 });
    listener({ layer: 'a', status: 'Pushed' });
    listener({ status: 'latest: digest: sha256:1' });
    assert.deepEqual(said, [
      ['0 of 1 layers', undefined],
      ['0 of 1 layers, 500 B of 1 kB', 0.5],
      ['1 of 2 layers, 500 B of 1 kB', 0.5],
      ['1 of 2 layers, 1.5 kB of 1.5 kB', 1],
      ['2 of 2 layers, 1.5 kB of 1.5 kB', 1],
      ['latest: digest: sha256:1', undefined],
    ]);
  });
});
