// The parts of instructions, those of ONBUILD and HEALTHCHECK among them.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { instructionsOf, parseDockerfile } from '../../../../src/dockerfile/document.ts';
import { commandOf, effectiveCommand } from '../../../../src/dockerfile/syntax/command.ts';

describe('dockerfile: commands', () => {
  it('ONBUILD and HEALTHCHECK have parts of their own', () => {
    const [onbuild, check] = instructionsOf(
      parseDockerfile('ONBUILD COPY --link a b\nHEALTHCHECK --retries=1 CMD ["x"]'),
    ).map(({ instruction }) => commandOf(instruction));
    assert.equal(onbuild?.trigger?.name, 'copy');
    assert.equal(onbuild?.trigger?.flags[0]?.name, 'link');
    assert.equal(check?.json?.items[0]?.value, 'x');
    assert.equal(check?.flags[0]?.value, '1');
  });

  it('ONBUILD nests, and the innermost instruction does the work', () => {
    const [onbuild] = instructionsOf(parseDockerfile('ONBUILD onbuild --x ONBUILD COPY --link a b'));
    const names: string[] = [];
    for (let command = onbuild && commandOf(onbuild.instruction); command; command = command.trigger) {
      names.push(command.name);
    }
    assert.deepEqual(names, ['onbuild', 'onbuild', 'onbuild', 'copy']);
    const work = onbuild && effectiveCommand(commandOf(onbuild.instruction));
    assert.equal(work?.name, 'copy');
    assert.equal(work.flags[0]?.name, 'link');
  });
});
