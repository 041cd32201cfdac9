// Where an engine listens, and why it may be out of reach.

/** Where an engine listens and how that was found out. */
export interface Endpoint {
  /** `unix:///var/run/docker.sock`, `npipe:////./pipe/docker_engine`, `tcp://host:2376`, `ssh://user@host`. */
  url: string;
  /** What named it: the setting, DOCKER_HOST, a docker context, or a well-known place. */
  source: 'setting' | 'DOCKER_HOST' | 'context' | 'well-known';
  /** The context's name, where `source` is `context`. */
  context?: string;
  /** Present when `tcp://` speaks TLS: certificates as PEM text, from the context or DOCKER_CERT_PATH. */
  tls?: { ca?: string; cert?: string; key?: string; verify: boolean };
}

/** Why an engine cannot be used; each has its own sentence and way out in `model/engineHelp.ts`. */
export type EngineProblem =
  | 'no-endpoint' // nothing is configured and no well-known socket exists
  | 'not-running' // ENOENT or ECONNREFUSED
  | 'permission-denied' // EACCES
  | 'not-an-engine' // something answered that is no Docker Engine
  | 'tls' // handshake or certificate
  | 'bad-address' // the setting or variable does not parse, names a context that is not there, or a host that has no address
  | 'timeout'
  | 'other';
