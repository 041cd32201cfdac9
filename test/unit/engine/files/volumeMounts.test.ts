// What is mounted in a container, as its inspection tells.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { mountsOf } from '../../../../src/engine/files/volumeMounts.ts';

describe('mounts of a container', () => {
  const mounts = mountsOf({
    Mounts: [
      { Type: 'volume', Destination: '/data' },
      { Type: 'volume', Destination: '/run/kept/' },
      { Type: 'bind', Destination: '/' },
    ],
    HostConfig: { Tmpfs: { '/run': '' }, Mounts: [{ Type: 'tmpfs', Target: '/cache' }, 'no mount'] },
  });

  it('are in memory for a tmpfs and the file systems of the kernel', () => {
    for (const path of ['/run', '/run/lock', '/cache/x', '/proc/1', '/sys', '/dev/shm/x']) {
      assert.ok(mounts.inMemory(path), path);
    }
    for (const path of ['/', '/etc', '/data/x', '/running', '/processes']) {
      assert.ok(!mounts.inMemory(path), path);
    }
  });

  it('are what the innermost of them is', () => {
    assert.ok(!mounts.inMemory('/run/kept/x'));
    assert.ok(mounts.isMounted('/run/kept/x'));
  });

  it('do not make everything a mount because the root is one', () => {
    assert.ok(!mounts.isMounted('/etc/hosts'));
    assert.ok(mounts.isMounted('/data'));
  });

  it('are those of the kernel alone where the inspection says nothing', () => {
    for (const raw of [undefined, {}, { Mounts: null, HostConfig: [] }]) {
      assert.ok(mountsOf(raw).inMemory('/proc'));
      assert.ok(!mountsOf(raw).isMounted('/data'));
    }
  });
});
