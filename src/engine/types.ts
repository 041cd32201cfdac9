// What the engine gives to the rest of the product. Types only, so that commands and views can name them.
import type { Endpoint, EngineProblem, FoundEngine } from '../model/engines/endpoint.ts';
import type { Disposable, Event } from '../model/event.ts';
import type { Container, Image, Kind, Objects } from '../model/objects.ts';
import type { Containers } from './api/containers/types.ts';
import type { Images } from './api/images.ts';
import type { Networks } from './api/networks.ts';
import type { System } from './api/system.ts';
import type { Volumes } from './api/volumes.ts';
import type { ExecOptions, Session } from './exec/types.ts';
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

/**
 * The Docker Engine API as the product uses it, by resource. Every failure is an `EngineError`
 * (or `Cancelled`, when the signal was aborted).
 */
export interface EngineClient {
  readonly endpoint: Endpoint;
  readonly containers: Containers;
  readonly images: Images;
  readonly volumes: Volumes;
  readonly networks: Networks;
  readonly system: System;
  /** Files of containers and volumes. */
  readonly files: Files;
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
  ContainerDetails,
  Containers,
  ContainerUpdate,
  LogOptions,
  Processes,
} from './api/containers/types.ts';
export type { HistoryLine, ImageDetails, Images, LayerProgress, RegistryAuth } from './api/images.ts';
export type { JoinOptions, NetworkOptions, Networks } from './api/networks.ts';
export type { System } from './api/system.ts';
export type { VolumeOptions, Volumes } from './api/volumes.ts';
export type { ExecOptions, Session, TerminalProcess } from './exec/types.ts';
export type { ChangedFiles, ImageFile, SkipReason, TransferOptions, Transferred } from './files/types.ts';
export type { Container, Endpoint, EngineProblem, Files, Image, Kind, Objects };
