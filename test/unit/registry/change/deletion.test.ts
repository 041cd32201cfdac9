import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { deletionsOf } from '../../../../src/registry/change/deletion.ts';
import type { Survey } from '../../../../src/registry/change/survey.ts';

const survey: Survey = {
  tags: [
    { tag: '1', digest: 'sha256:i' },
    { tag: '1-amd64', digest: 'sha256:p' },
    { tag: 'latest', digest: 'sha256:i' },
    { tag: 'sha256-p.sig', digest: 'sha256:s' },
    { tag: 'sha256-p', digest: 'sha256:r' },
    { tag: 'sha256-pq.sig', digest: 'sha256:q' },
  ],
  tagsOf: new Map([
    ['sha256:i', ['1', 'latest']],
    ['sha256:p', ['1-amd64']],
  ]),
  childrenOf: new Map([
    ['sha256:i', ['sha256:p']],
    ['sha256:j', ['sha256:p']],
  ]),
};

describe('a deletion', () => {
  it('concerns all tags of the digest, what is attached to it, and the indexes that would be left with a hole', () => {
    assert.deepEqual(deletionsOf(survey, ['sha256:p', 'sha256:p']), [
      {
        digest: 'sha256:p',
        tags: ['1-amd64'],
        attached: ['sha256-p', 'sha256-p.sig'],
        heldBy: ['1', 'latest', 'sha256:j'],
      },
    ]);
  });

  it('is not held back by an index that is deleted, too', () => {
    const [platform, index] = deletionsOf(survey, ['sha256:p', 'sha256:i']);
    assert.deepEqual(platform?.heldBy, ['sha256:j']);
    assert.deepEqual(index, { digest: 'sha256:i', tags: ['1', 'latest'], attached: [], heldBy: [] });
  });

  it('of a digest that nothing names concerns nothing else', () => {
    assert.deepEqual(deletionsOf(survey, ['sha256:x']), [{ digest: 'sha256:x', tags: [], attached: [], heldBy: [] }]);
  });
});
