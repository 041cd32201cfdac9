// What a helper container may do, which is as little as can be.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { helperContainerBody, volumeRoot } from '../../../../../src/engine/files/helperContainers/create.ts';

describe('a helper container', () => {
  const hostOf = (access: 'read' | 'write', lasting: boolean) =>
    helperContainerBody({ id: 'sha256:1' }, 'data', access, lasting).HostConfig as Record<string, unknown>;

  it('reads a volume without a network and without a right to write', () => {
    const host = hostOf('read', true);
    assert.equal(host.NetworkMode, 'none');
    assert.deepEqual(host.CapDrop, ['ALL']);
    assert.deepEqual(host.CapAdd, ['DAC_OVERRIDE']);
    assert.deepEqual(host.SecurityOpt, ['no-new-privileges']);
    assert.equal(host.ReadonlyRootfs, true);
    assert.deepEqual(host.Mounts, [
      { Type: 'volume', Source: 'data', Target: volumeRoot, ReadOnly: true, VolumeOptions: { NoCopy: true } },
    ]);
  });

  it('writes with the rights that keep owners and modes, and nothing more', () => {
    const host = hostOf('write', true);
    assert.deepEqual(host.CapAdd, ['DAC_OVERRIDE', 'CHOWN', 'FOWNER', 'FSETID']);
    assert.equal((host.Mounts as { ReadOnly: boolean }[])[0]?.ReadOnly, false);
    assert.equal(hostOf('write', false).ReadonlyRootfs, false);
  });
});
