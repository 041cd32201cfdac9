// Stages, their bases and their uses.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseDockerfile } from '../../../../src/dockerfile/document.ts';
import { baseChain, findStage, stagesOf, usesOf } from '../../../../src/dockerfile/meaning/stages.ts';

describe('dockerfile: stages', () => {
  const document = parseDockerfile(
    [
      'FROM alpine AS Base',
      'FROM base AS build',
      'FROM scratch',
      'COPY --from=build /a /a',
      'COPY --from=0 /b /b',
      'RUN --mount=from=BUILD,target=/t ls',
      'ONBUILD COPY --from=build /c /c',
      'COPY --from=later /d /d',
      'FROM alpine AS later',
    ].join('\n'),
  );

  it('know their base down to the image', () => {
    const build = stagesOf(document)[1];
    assert.ok(build);
    assert.deepEqual(
      baseChain(build).map((stage) => stage.resolvedBase),
      ['base', 'alpine'],
    );
  });

  it('know who uses them', () => {
    const [base, build, , later] = stagesOf(document);
    assert.ok(base && build && later);
    assert.deepEqual(
      usesOf(document, build).map(({ how, placed }) => `${how} ${placed.index + 1}`),
      ['copy 4', 'mount 6', 'copy 7'],
    );
    assert.deepEqual(
      usesOf(document, base).map(({ how, placed }) => `${how} ${placed.index + 1}`),
      ['from 2', 'copy 5'],
    );
    assert.deepEqual(usesOf(document, later), []);
  });

  it('are found by name and number, before the place alone', () => {
    const third = stagesOf(document)[2];
    assert.equal(findStage(document, 'BASE', third)?.number, 0);
    assert.equal(findStage(document, '1', third)?.name, 'build');
    assert.equal(findStage(document, '2', third), undefined);
    assert.equal(findStage(document, 'later', third), undefined);
  });
});
