// What the pages of a tag and of a comparison say.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Change } from '../../../../src/model/registries/compare.ts';
import type { PlatformFacts } from '../../../../src/model/registries/tag.ts';
import {
  comparisonText,
  kindName,
  nameParts,
  sizeText,
  splitVariable,
} from '../../../../src/webview/registries/wording.ts';

const image = (more: Partial<PlatformFacts>): PlatformFacts => ({
  digest: '',
  platform: 'linux/amd64',
  annotations: {},
  layers: [],
  steps: [],
  env: [],
  ports: [],
  volumes: [],
  labels: {},
  ...more,
});

describe('words of the pages about tags', () => {
  it('part a reference at its tag or digest', () => {
    assert.deepEqual(nameParts('localhost:5000/a/b:1.2'), ['localhost:5000/a/b:', '1.2']);
    assert.deepEqual(nameParts('a/b:1@sha256:00'), ['a/b:1@', 'sha256:00']);
  });

  it('part a variable at its first sign of equality', () => {
    assert.deepEqual(splitVariable('A=b=c'), ['A', 'b=c']);
    assert.deepEqual(splitVariable('A'), ['A', '']);
  });

  it('say of which kind a size is', () => {
    assert.equal(sizeText(image({ size: 2_000_000 })), '2 MB, on disk');
    assert.equal(sizeText(image({ size: 2_000_000, configDigest: 'sha256:1' })), '2 MB, compressed');
    assert.equal(sizeText(image({})), undefined);
  });

  it('compare sizes only where both are of one kind', () => {
    const small = image({ size: 1_000_000, configDigest: 'sha256:1' });
    const large = image({ size: 3_000_000, configDigest: 'sha256:2' });
    assert.equal(comparisonText(small, { ...large, configDigest: 'sha256:1' }), 'Both names mean the same image.');
    assert.equal(comparisonText(small, large), 'The image after is 2 MB larger.');
    assert.equal(comparisonText(large, small), 'The image after is 2 MB smaller.');
    assert.equal(
      comparisonText(small, { ...small, configDigest: 'sha256:2' }),
      'The images differ, and are of the same size.',
    );
    assert.equal(comparisonText(small, image({ size: 3_000_000 })), 'The images differ.');
    assert.equal(comparisonText(image({}), image({ size: 1 })), 'The images differ.');
  });

  it('name every kind of change differently', () => {
    const kinds: Change['kind'][] = [
      'env',
      'label',
      'entrypoint',
      'command',
      'user',
      'workdir',
      'ports',
      'volumes',
      'platform',
    ];
    assert.equal(new Set(kinds.map(kindName)).size, kinds.length);
  });
});
