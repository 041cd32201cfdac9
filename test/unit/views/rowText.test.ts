import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { aloud, described, factLine, linesOf } from '../../../src/views/rowText.ts';

describe('words of rows', () => {
  it('are put together of what there is, and said with commas', () => {
    assert.equal(described(['nfs', '', undefined, false, 'not used']), 'nfs · not used');
    assert.equal(aloud('nfs · not used'), 'nfs, not used');
    assert.equal(linesOf(['a', false, 'b']), 'a  \nb');
  });

  it('are inert and bounded where they come from outside', () => {
    assert.equal(factLine('Driver', ''), '');
    assert.match(factLine('Driver', '[x](command:evil)<b>'), /^Driver: \\\[x\\\]/);
    assert.ok(factLine('Driver', 'x'.repeat(9_000)).length < 420);
  });
});
