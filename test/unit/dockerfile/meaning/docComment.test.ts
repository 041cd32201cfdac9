// Comments that describe an argument or a stage.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type Dockerfile, instructionsOf, type Placed, parseDockerfile } from '../../../../src/dockerfile/document.ts';
import { docComment } from '../../../../src/dockerfile/meaning/docComment.ts';

function last(document: Dockerfile): Placed {
  const placed = instructionsOf(document).at(-1);
  assert.ok(placed);
  return placed;
}

describe('dockerfile: comments that describe', () => {
  it('comments right above describe an argument or a stage', () => {
    const about = (text: string) => docComment(parseDockerfile(text), last(parseDockerfile(text)), 'V');
    assert.equal(about('# V the version\nARG V'), 'the version');
    assert.equal(about('# V the version\n# more\nARG V'), 'the version');
    assert.equal(about('# V the version\n\nARG V'), undefined);
    assert.equal(about('# V the version\n#\nARG V'), undefined);
    assert.equal(about('# Version\nARG V'), undefined);
  });
});
