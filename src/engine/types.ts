// What the engine gives to the rest of the product. Types only, so that commands and views can name them.
import type { Disposable, Event } from '../model/event.ts';
import type { Container, Image, Kind, Objects } from '../model/objects.ts';
import type { RunOptions } from '../model/runOptions.ts';

/** Where an engine listens and how that was found out. */
export interface Endpoint {
  /** `unix:///var/run/docker.sock`, `npipe:////./pipe/docker_engine`, `tcp://host:2376`, `ssh://user@host`. */
  url: string;
  /** What named it: the setting, DOCKER_HOST, a docker context, or a well-known place. */
  source: 'setting' | 'DOCKER_HOST' | 'context' | 'well-known';
  /** The context's name, where `source` is `context`. */
  context?: string;
  /** Client certificates for `tcp://`, as PEM text, from the context or DOCKER_CERT_PATH. */
  tls?: { ca?: string; cert?: string; key?: string; verify: boolean };
}

export type EngineStatus =
  /** No answer yet. */
  | { state: 'connecting'; endpoint?: Endpoint }
  | { state: 'connected'; endpoint: Endpoint; version: string; apiVersion: string; os: string; name: string }
  /** `reason` is what the endpoint answered, for the log; the inventory tries again by itself. */
  | { state: 'unreachable'; endpoint?: Endpoint; problem: EngineProblem; reason: string };

/** Why an engine cannot be used; each has its own sentence and way out in `model/engineHelp.ts`. */
export type EngineProblem =
  | 'no-endpoint' // nothing is configured and no well-known socket exists
  | 'not-running' // ENOENT or ECONNREFUSED
  | 'permission-denied' // EACCES
  | 'not-an-engine' // something answered that is no Docker Engine
  | 'tls' // handshake or certificate
  | 'bad-address' // the setting or variable does not parse, or names a context that is not there
  | 'timeout'
  | 'other';

/** Which objects of one kind came, changed or went, by key; `reset` means: everything may differ. */
export interface InventoryChange {
  kind: Kind;
  added: string[];
  changed: string[];
  removed: string[];
  reset: boolean;
}

/** The live model of the engine. A kind is listed when it is first asked for, and kept true by events from then on. */
export interface Inventory extends Disposable {
  readonly status: EngineStatus;
  readonly onStatus: Event<EngineStatus>;
  readonly onChange: Event<InventoryChange>;
  /** All objects of a kind, listed once, then from memory. Rejects with a UserError while the engine is unreachable. */
  all<K extends Kind>(kind: K): Promise<readonly Objects[K][]>;
  /** What memory has right now, without asking the engine; undefined when the kind or object is not known. */
  peek<K extends Kind>(kind: K, key: string): Objects[K] | undefined;
  /** Lists everything that was listed before afresh (the Refresh command); keeps what did not change. */
  refresh(): Promise<void>;
}

/** One line of progress of a pull or push. */
export interface LayerProgress {
  /** Layer id, or undefined for a line about the whole. */
  layer?: string;
  /** The engine's word: Downloading, Pushing, Already exists … */
  status: string;
  /** Bytes so far and in all, where the engine says. */
  current?: number;
  total?: number;
}

/** Credentials for one registry, as the engine's X-Registry-Auth wants them. */
export interface RegistryAuth {
  username?: string;
  password?: string;
  identityToken?: string;
  serverAddress: string;
}

export interface ExecOptions {
  command: string[];
  terminal?: boolean;
  input?: boolean;
  user?: string;
  workdir?: string;
  /** `NAME=value`. */
  env?: string[];
}

/** A running process in a container (or the main one, when attached). */
export interface Session extends Disposable {
  /** Output in arrival order; with a terminal everything is `stdout`. */
  readonly onOutput: (listener: (data: Uint8Array, stream: 'stdout' | 'stderr') => void) => Disposable;
  /** Settles when the process has ended; undefined when the engine cannot tell the exit code. */
  readonly ended: Promise<number | undefined>;
  write(data: string | Uint8Array): void;
  /** Closes standard input. */
  end(): void;
  resize(columns: number, rows: number): Promise<void>;
  /** Lets the engine wait while a slow reader catches up. */
  pause(): void;
  resume(): void;
}

export interface LogOptions {
  follow: boolean;
  /** Lines from the end; all when absent. */
  tail?: number;
  /** Seconds since 1970, fractions allowed. */
  since?: number;
  timestamps?: boolean;
}

/** What `inspect` says of a container, as far as the product uses it; `raw` is the engine's whole answer. */
export interface ContainerDetails {
  id: string;
  name: string;
  image: string;
  running: boolean;
  terminal: boolean;
  exitCode: number;
  error: string;
  raw: unknown;
}

/** What `inspect` says of an image, as far as the product uses it; `raw` is the engine's whole answer. */
export interface ImageDetails {
  id: string;
  tags: string[];
  digests: string[];
  created?: number;
  size: number;
  platform: string;
  user?: string;
  workdir?: string;
  entrypoint?: string[];
  command?: string[];
  /** `NAME=value`. */
  env: string[];
  /** `80/tcp`. */
  exposedPorts: string[];
  volumes: string[];
  labels: Record<string, string>;
  raw: unknown;
}

/**
 * The Docker Engine API as the product uses it. Every failure is an `EngineError`
 * (or `Cancelled`, when the signal was aborted).
 */
export interface EngineClient {
  readonly endpoint: Endpoint;

  createContainer(options: RunOptions): Promise<{ id: string; warnings: string[] }>;
  startContainer(container: string): Promise<void>;
  /** `timeout` in seconds before the engine kills it. */
  stopContainer(container: string, options?: { timeout?: number; signal?: string }): Promise<void>;
  restartContainer(container: string, options?: { timeout?: number }): Promise<void>;
  removeContainer(container: string, options?: { force?: boolean; volumes?: boolean }): Promise<void>;
  inspectContainer(container: string): Promise<ContainerDetails>;

  exec(container: string, options: ExecOptions): Promise<Session>;
  /** Joins the container's main process; call before `startContainer` to miss no output. */
  attach(container: string, options: { terminal: boolean; input: boolean }): Promise<Session>;
  /** Ends when the container does (with `follow`) or with the last line. */
  logs(container: string, options: LogOptions, signal: AbortSignal): Promise<Session>;

  inspectImage(image: string): Promise<ImageDetails>;
  /** `ref` is `repository:tag`. */
  tagImage(image: string, ref: string): Promise<void>;
  /** What was untagged and deleted, as the engine lists it. */
  removeImage(image: string, options?: { force?: boolean }): Promise<{ untagged: string[]; deleted: string[] }>;
  pullImage(
    ref: string,
    options: { auth?: RegistryAuth; platform?: string; signal: AbortSignal; onProgress?: (line: LayerProgress) => void },
  ): Promise<{ digest?: string }>;
  /** Rejects with the registry's own words when it refuses inside the stream. */
  pushImage(
    ref: string,
    options: { auth?: RegistryAuth; signal: AbortSignal; onProgress?: (line: LayerProgress) => void },
  ): Promise<{ digest?: string }>;
}

/** The engine in use: it follows the setting and the docker context, and switches everything over when they change. */
export interface Engine extends Disposable {
  readonly inventory: Inventory;
  /** The client of the current endpoint; rejects with a UserError that says what to do when there is none. */
  client(): Promise<EngineClient>;
  /** Chooses the endpoint again; called when the setting changed. */
  reconnect(): void;
}

export type { Container, Image, Kind, Objects };
