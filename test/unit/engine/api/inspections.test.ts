// Inspections of engines.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { containerDetails, imageDetails } from '../../../../src/engine/api/inspections.ts';

const id = 'ab'.repeat(32);

describe('inspections', () => {
  it('reads inspections', () => {
    const details = containerDetails({
      Id: id,
      Name: '/web',
      State: { Running: true, ExitCode: 3 },
      Config: { Tty: true, Image: 'b' },
    });
    assert.deepEqual([details.name, details.running, details.terminal, details.exitCode], ['web', true, true, 3]);
    const image = imageDetails({
      Id: id,
      Os: 'linux',
      Architecture: 'arm64',
      Variant: 'v8',
      Config: { Cmd: ['sh'], Entrypoint: null, ExposedPorts: { '80/tcp': {} }, Env: ['A=1'], User: '', Volumes: null },
    });
    assert.equal(image.platform, 'linux/arm64/v8');
    assert.deepEqual(image.command, ['sh']);
    assert.equal(image.entrypoint, undefined);
    assert.deepEqual(image.exposedPorts, ['80/tcp']);
    assert.deepEqual(image.volumes, []);
    assert.deepEqual(imageDetails(null).env, []);
  });
});
