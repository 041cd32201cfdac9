// Names that the engine takes.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { checkObjectName } from '../../../src/model/objectName.ts';

describe('names of containers, volumes and networks', () => {
  it('have two characters or more, the first of them a letter or a digit', () => {
    for (const name of ['ab', '0_', 'web-1.x']) {
      assert.equal(checkObjectName(name), undefined);
    }
    for (const name of ['', 'a', '-ab', '_ab', 'a b', 'ä1', 'a/b', 'ab\n']) {
      assert.match(checkObjectName(name) ?? '', /at least two/, JSON.stringify(name));
    }
  });

  it('are shown without what would mislead', () => {
    assert.doesNotMatch(checkObjectName('a\u202eb') ?? '', /\u202e/);
  });
});
