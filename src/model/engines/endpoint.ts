// Where an engine listens, and why it may be out of reach.

/** Where an engine listens and how that was found out. */
export interface Endpoint {
  /** `unix:///var/run/docker.sock`, `npipe:////./pipe/docker_engine`, `tcp://host:2376`, `ssh://user@host`. */
  url: string;
  /** What named it: the setting, DOCKER_HOST, a docker context, a well-known place, or a person who added it by hand. */
  source: 'setting' | 'DOCKER_HOST' | 'context' | 'well-known' | 'added';
  /** The context's name, where `source` is `context`. */
  context?: string;
  /** Present when `tcp://` speaks TLS: certificates as PEM text, from the context or DOCKER_CERT_PATH. */
  tls?: { ca?: string; cert?: string; key?: string; verify: boolean };
}

/** Stable name of a way to an engine: `setting`, `DOCKER_HOST`, `context/<name>`, or the address itself. */
export function endpointId({ source, context, url }: Endpoint): string {
  switch (source) {
    case 'setting':
    case 'DOCKER_HOST':
      return source;
    case 'context':
      return `context/${context ?? ''}`;
    default:
      return url;
  }
}

/** Whether everybody who reaches the port controls the engine: tcp without TLS (field notes [001][003]). */
export function isOpenToAll({ url, tls }: Pick<Endpoint, 'url' | 'tls'>): boolean {
  return /^(?:tcp|http):/.test(url) && tls === undefined && !/:2376\/?$/.test(url);
}

/**
 * The host of an engine on another machine, in lower case and without brackets: `build.lab`, `fd00::7`. Undefined where the
 * engine listens at a socket, a pipe or a loopback address of this machine.
 */
export function remoteHostOf(url: string): string | undefined {
  const match = /^(?:tcp|https?|ssh):\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^:/]+)/.exec(url);
  const host = match?.[1]?.replace(/^\[|\]$/g, '').toLowerCase();
  // A name that only begins like an address of the loopback, `127.example.com`, is that of another machine.
  return host === undefined || /^(?:localhost|::1|127(?:\.\d{1,3}){3})$/.test(host) ? undefined : host;
}

/** Why an engine cannot be used; each has its own sentence and way out in `model/engines/problems.ts`. */
export type EngineProblem =
  | 'no-endpoint' // nothing is configured and no well-known socket exists
  | 'not-running' // ENOENT or ECONNREFUSED
  | 'closed' // it was lost, or another one was chosen, before the answer came
  | 'permission-denied' // EACCES
  | 'not-an-engine' // something answered that is no Docker Engine
  | 'tls' // handshake or certificate
  | 'bad-address' // the setting or variable does not parse, names a context that is not there, or a host that has no address
  | 'ssh' // the ssh connection failed
  | 'ssh-host-key' // ssh does not know the host's key, or it has changed
  | 'ssh-login' // the host refused the login
  | 'timeout'
  | 'other';

/** What a reachable engine says of itself. */
export interface EngineFacts {
  /** The product: "Docker Engine - Community", "Podman Engine". */
  name: string;
  version: string;
  apiVersion: string;
  os: string;
  /** Name of the machine that it runs on. */
  host: string;
  storageDriver: string;
  /** Folder of images, containers and volumes on that machine. */
  dataRoot: string;
  rootless: boolean;
  containers: number;
  images: number;
}

/** A way to an engine that was found, and what is known of the engine. */
export interface FoundEngine {
  /** See `endpointId`. */
  id: string;
  source: Endpoint['source'];
  context?: string;
  /** Empty where nothing says it. */
  url: string;
  inUse: boolean;
  /** Speaks tcp without TLS: everybody who reaches the port controls it. */
  openToAll: boolean;
  state: 'unknown' | 'asking' | 'reachable' | 'unreachable';
  facts?: EngineFacts;
  /** Why it is out of reach, and what it answered. */
  problem?: EngineProblem;
  reason?: string;
  endpoint?: Endpoint;
  /** Where its data lay when it was last seen, where that differs from now: what was there seems gone. */
  dataRootBefore?: string;
}
