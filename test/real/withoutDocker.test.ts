// Everything in test/real, but the comparison with the docker program, happens where there is no docker program.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'mocha';

describe('without the docker program', () => {
  it('neither docker nor podman is on PATH', () => {
    for (const program of ['docker', 'podman']) {
      const { error } = spawnSync(program, ['--version']);
      assert.ok(error && 'code' in error && error.code === 'ENOENT', `${program} can be run`);
    }
  });
});
