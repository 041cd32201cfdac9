// What the engine gives to the rest of the product. Types only, so that commands and views can name them.
import type { Endpoint, EngineProblem, FoundEngine } from '../model/engines/endpoint.ts';
import type { Disposable, Event } from '../model/event.ts';
import type { Container, Image, Kind, Objects } from '../model/objects.ts';
import type { EngineClient } from './api/types.ts';
import type { ExecOptions, Session } from './exec/types.ts';
import type { Files } from './files/types.ts';
import type { Inventory } from './inventory/types.ts';

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
  Containers,
  ContainerUpdate,
  LogOptions,
  Processes,
} from './api/containers/types.ts';
export type { HistoryLine, Images, RegistryAuth } from './api/images.ts';
export type { ContainerDetails, ImageDetails } from './api/inspections.ts';
export type { JoinOptions, NetworkOptions, Networks } from './api/networks.ts';
export type { LayerProgress } from './api/pullProgress.ts';
export type { System } from './api/system.ts';
export type { EngineClient } from './api/types.ts';
export type { VolumeOptions, Volumes } from './api/volumes.ts';
export type { ExecOptions, Session, TerminalProcess } from './exec/types.ts';
export type { ChangedFiles, ImageFile, SkipReason, TransferOptions, Transferred } from './files/types.ts';
export type {
  EngineEvent,
  EngineStatus,
  Inventory,
  InventoryChange,
} from './inventory/types.ts';
export type { Container, Endpoint, EngineProblem, Files, Image, Kind, Objects };
