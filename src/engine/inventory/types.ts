// What the engine has, as the rest of the product sees it. Types only.
import type { Endpoint, EngineProblem } from '../../model/engines/endpoint.ts';
import type { Disposable, Event } from '../../model/event.ts';
import type { Kind, Objects } from '../../model/objects.ts';

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
