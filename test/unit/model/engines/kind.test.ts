// How an engine was installed.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type EngineKind, engineKindOf } from '../../../../src/model/engines/kind.ts';
import type { TrustPlace } from '../../../../src/model/registries/trustInstructions.ts';

describe('engine kinds', () => {
  const cases: [EngineKind, string, string, string, TrustPlace['platform']][] = [
    ['docker', 'unix:///var/run/docker.sock', 'Docker Engine - Community', 'linux', 'linux'],
    ['rootless', 'unix:///run/user/1000/docker.sock', 'Docker Engine - Community', 'linux', 'linux'],
    ['desktop', 'unix:///home/lena/.docker/desktop/docker.sock', 'Docker Engine', 'linux', 'linux'],
    ['desktop', 'unix:///var/run/docker.sock', 'Docker Desktop 4.50.0', 'linux', 'linux'],
    ['desktop', 'unix:///Users/lena/.docker/run/docker.sock', 'Docker Engine', 'linux', 'darwin'],
    ['desktop', 'npipe:////./pipe/docker_engine', 'Docker Engine', 'linux', 'win32'],
    ['windows', 'npipe:////./pipe/docker_engine', 'Docker Engine', 'windows', 'win32'],
    ['podman', 'unix:///run/podman/podman.sock', 'Podman Engine', 'linux', 'linux'],
    ['podman', 'unix:///run/user/1000/podman/podman.sock', 'Podman Engine', 'linux', 'linux'],
    ['podman-machine', 'npipe:////./pipe/podman-machine-default', 'Podman Engine', 'linux', 'win32'],
    ['docker', 'tcp://10.0.0.7:2376', 'Docker Engine - Community', 'linux', 'darwin'],
    ['docker', 'ssh://lena@build.lab', 'Docker Engine - Community', 'linux', 'win32'],
  ];
  for (const [kind, url, name, os, platform] of cases) {
    it(`${name} at ${url} on ${platform} is ${kind}`, () =>
      assert.equal(engineKindOf({ endpoint: { url }, name, os }, platform), kind));
  }
});
