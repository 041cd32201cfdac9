import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isOfficial } from '../../../../../src/engine/files/helperContainers/candidates.ts';

describe('images for helpers', () => {
  it('are official by their whole name, and not by its end', () => {
    for (const name of [
      'busybox:latest',
      'alpine:3.20',
      'docker.io/library/alpine:3',
      `docker.io/busybox@sha256:${'a'.repeat(64)}`,
    ]) {
      assert.ok(isOfficial(name), name);
    }
    for (const name of [
      'evil/alpine:latest',
      'evil/busybox:1',
      'localhost/busybox:latest',
      'localhost:5000/library/busybox:latest',
      'docker.io/evil/alpine:latest',
      'docker.io.evil.com/library/alpine:latest',
      'alpine-evil:latest',
      'library/alpine/x:1',
      '<none>:<none>',
      '',
    ]) {
      assert.ok(!isOfficial(name), name);
    }
  });
});
