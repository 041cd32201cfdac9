// Users that a stage creates.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type Dockerfile, instructionsOf, type Placed, parseDockerfile } from '../../../../src/dockerfile/document.ts';
import { createdBy } from '../../../../src/dockerfile/meaning/users.ts';

function last(document: Dockerfile): Placed {
  const placed = instructionsOf(document).at(-1);
  assert.ok(placed);
  return placed;
}

describe('dockerfile: users', () => {
  it('users are found where they are created', () => {
    const document = parseDockerfile('FROM a AS b\nRUN x && useradd -m app; adduser web\nFROM b\nUSER app');
    const found = createdBy(document, last(document), 'app');
    assert.equal(found?.text, 'useradd -m app');
    assert.equal(createdBy(document, last(document), 'web')?.text, 'adduser web');
    assert.equal(createdBy(document, last(document), 'x'), undefined);
  });
});
