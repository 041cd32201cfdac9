import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { indexesWith, type Survey } from '../../../../src/registry/change/survey.ts';

describe('a survey', () => {
  it('knows the indexes of a digest by their tags', () => {
    const survey: Survey = {
      tags: [],
      tagsOf: new Map([['i', ['1', 'latest']]]),
      childrenOf: new Map([
        ['i', ['p']],
        ['j', ['p', 'q']],
      ]),
    };
    assert.deepEqual(indexesWith(survey, 'p'), [
      { digest: 'i', tags: ['1', 'latest'] },
      { digest: 'j', tags: [] },
    ]);
    assert.deepEqual(indexesWith(survey, 'x'), []);
  });
});
