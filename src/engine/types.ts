// What the engine gives to the rest of the product. Types only, so that commands and views can name them.
import type { Endpoint, EngineProblem, FoundEngine } from '../model/engines/endpoint.ts';
import type { Disposable, Event } from '../model/event.ts';
import type { Container, Image, Kind, Objects } from '../model/objects.ts';
import type { RunOptions } from '../model/run/options.ts';
import type { Life } from './api/lifeTypes.ts';
import type { Look } from './api/lookTypes.ts';
import type { Files } from './files/types.ts';

export type EngineStatus =
  /** No answer yet. */
  | { state: 'connecting'; endpoint?: Endpoint }
  /** `name` is the product's: "Docker Engine - Community", "Podman Engine". */
  | { state: 'connected'; endpoint: Endpoint; version: string; apiVersion: string; os: string; name: string }
  /** `reason` is what the endpoint answered, for the log; the inventory tries again by itself. */
  | { state: 'unreachable'; endpoint?: Endpoint; problem: EngineProblem; reason: string };

/** Which objects of one kind came, changed or went, by key; `reset` means: everything may differ. */
export interface InventoryChange {
  kind: Kind;
  added: string[];
  changed: string[];
  removed: string[];
  reset: boolean;
}

/** One event of the engine: what happened to an object. */
export interface EngineEvent {
  /** `container`, `image`, `volume`, `network`. */
  type: string;
  /** `start`, `exec_start: sh -c true`, `health_status: healthy` … */
  action: string;
  /** Id of the object; a name for volumes, perhaps a reference for images. */
  id: string;
  /** Name, image, exit code and labels of a container, and the like. */
  attributes: Readonly<Record<string, string>>;
  /** Milliseconds since 1970, by the engine's clock. */
  time: number;
  /** Tells an event from all others. */
  key: string;
}

/** The live model of the engine. A kind is listed when it is first asked for, and kept true by events from then on. */
export interface Inventory extends Disposable {
  readonly status: EngineStatus;
  readonly onStatus: Event<EngineStatus>;
  readonly onChange: Event<InventoryChange>;
  /** Every event of the engine, as it comes; after a lost connection some may come twice. */
  readonly onEvent: Event<EngineEvent>;
  /** The last events that came, at most 500, the oldest first. */
  readonly recentEvents: readonly EngineEvent[];
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
  /** An access token, which the engine sends to the registry as it is. */
  registryToken?: string;
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

/** A process that was started in a container with a terminal, as it is found again once its connection is gone. No secrets. */
export interface TerminalProcess {
  container: string;
  /** The engine's id of it, which is told whether it still runs. */
  exec: string;
  /** Hexadecimal digits in a variable that it was given. */
  marker: string;
  /** Whose it is, where that was chosen. */
  user?: string;
}

/** A running process in a container (or the main one, when attached). */
export interface Session extends Disposable {
  /** The engine's id of what `exec` has started. */
  readonly exec?: string;
  /**
   * Output in arrival order; with a terminal everything is `stdout`.
   * Nothing is read from the engine before the first listener is there, so that none of it is lost.
   */
  readonly onOutput: (listener: (data: Uint8Array, stream: 'stdout' | 'stderr') => void) => Disposable;
  /** Settles when the output has ended (see `onOutput`) or the session is disposed; undefined when the exit code is not known. */
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
export interface EngineClient extends Life, Look {
  readonly endpoint: Endpoint;
  /** Files of containers and volumes. */
  readonly files: Files;

  /** What the engine says of itself (`GET /info`): its whole answer. */
  info(): Promise<unknown>;
  createContainer(options: RunOptions): Promise<{ id: string; warnings: string[] }>;
  startContainer(container: string): Promise<void>;
  /** `timeout` in seconds before the engine kills it, -1 for never; the container's own values where absent. */
  stopContainer(container: string, options?: { timeout?: number; signal?: string }): Promise<void>;
  restartContainer(container: string, options?: { timeout?: number }): Promise<void>;
  removeContainer(container: string, options?: { force?: boolean; volumes?: boolean }): Promise<void>;
  inspectContainer(container: string): Promise<ContainerDetails>;

  /** Writes small files, owned by root, with the folders that they are in; the container need not run (PUT …/archive). */
  putFiles(container: string, files: readonly { path: string; content: string; mode: number }[]): Promise<void>;
  /** Whether a file or link is there, running or not (HEAD …/archive); works without a shell in the image. */
  pathExists(container: string, path: string): Promise<boolean>;
  exec(container: string, options: ExecOptions): Promise<Session>;
  /**
   * Ends processes as a terminal that closes does. Gives the markers of those that were told or have ended before; the
   * others run and cannot be told, because the container has no shell, or they are not known again.
   */
  hangUp(processes: readonly TerminalProcess[]): Promise<ReadonlySet<string>>;
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
    options: {
      auth?: RegistryAuth;
      platform?: string;
      signal: AbortSignal;
      onProgress?: (line: LayerProgress) => void;
    },
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
  /** Starts a process with a terminal. Disposing of its session hangs it up, as does the end of the window. */
  terminal(container: string, options: ExecOptions): Promise<Session>;
  /** Chooses the endpoint again; called when the setting changed. */
  reconnect(): void;
  /** Resolves when what `dispose` hangs up has been told. Never rejects. */
  ended(): Promise<void>;
}

/** The engines that can be chosen. None is asked before `ask` is called. */
export interface Engines extends Disposable {
  /** Engines by id; undefined: the list. */
  readonly onChange: Event<readonly string[] | undefined>;
  list(): FoundEngine[];
  /** Asks every engine that has not been asked yet how it is. */
  ask(): void;
  /** Forgets what the engines said, so that the next `ask` asks all of them. */
  refresh(): void;
  /** The id of the engine that was chosen for this workspace; undefined where it is found by itself. */
  readonly chosen: string | undefined;
  /** Switches this workspace over; undefined lets the engine be found by itself again. */
  use(id: string | undefined): Promise<void>;
  /**
   * Adds an address as a person types it. Unless `unchecked`, the engine has to answer.
   * Rejects with a UserError that says why it cannot be used.
   */
  add(address: string, options: { unchecked?: boolean; signal?: AbortSignal }): Promise<FoundEngine>;
  /** Takes out an address that was added by hand. */
  remove(id: string): Promise<void>;
}

export type {
  CommitOptions,
  ContainerUpdate,
  HistoryLine,
  JoinOptions,
  Life,
  NetworkOptions,
  VolumeOptions,
} from './api/lifeTypes.ts';
export type { ChangedFiles, Look, PathChange, Processes } from './api/lookTypes.ts';
export type { ImageFile, SkipReason, TransferOptions, Transferred } from './files/types.ts';
export type { Container, Endpoint, EngineProblem, Files, Image, Kind, Objects };
