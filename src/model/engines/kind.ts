// How an engine was installed: what it says of itself does not tell it, but its name, its system and its address do.
import type { Endpoint } from './endpoint.ts';

/** How an engine was installed, as far as that decides where it looks for the CAs of registries. */
export type EngineKind = 'docker' | 'rootless' | 'desktop' | 'windows' | 'podman' | 'podman-machine';

/** The system of this machine, as Node names it. */
export type Platform = 'linux' | 'darwin' | 'win32';

/** The kind of an engine, from what it says of itself and where it listens. */
export function engineKindOf(
  engine: { endpoint: Pick<Endpoint, 'url'>; name: string; os: string },
  platform: Platform,
): EngineKind {
  const { url } = engine.endpoint;
  if (/podman/i.test(engine.name) || /podman/i.test(url)) {
    return platform === 'linux' && !/machine/.test(url) ? 'podman' : 'podman-machine';
  }
  if (engine.os === 'windows') {
    return 'windows';
  }
  const local = /^(?:unix|npipe):/.test(url);
  if (/desktop/i.test(engine.name) || /\.docker\/(?:run|desktop)\//.test(url) || (local && platform !== 'linux')) {
    return 'desktop';
  }
  return /^unix:\/\/(?:\/run\/user\/|\/home\/|.*\/docker-\d+\/)/.test(url) ? 'rootless' : 'docker';
}
