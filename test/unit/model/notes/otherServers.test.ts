import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { otherServer, showsHovers } from '../../../../src/model/notes/otherServers.ts';

describe('other Dockerfile servers', () => {
  it('are known by id, in any casing', () => {
    assert.equal(otherServer(['vscode.docker', 'Docker.docker']), 'Docker DX');
    assert.equal(otherServer(['vscode.docker', 'exiasr.hadolint']), undefined);
  });

  it('put our hovers off unless the person wants them', () => {
    assert.deepEqual(
      (['auto', 'on', 'off'] as const).map((setting) => [showsHovers(setting, 'x'), showsHovers(setting, undefined)]),
      [
        [false, true],
        [true, true],
        [false, false],
      ],
    );
  });
});
