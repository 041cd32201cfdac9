// The live model of the engine: four stores, kept true by one stream of events.
import { EngineError } from '../../model/engines/error.ts';
import { explain } from '../../model/engines/help.ts';
import { messageOf } from '../../model/errors.ts';
import { Emitter } from '../../model/event.ts';
import type { Kind, Objects } from '../../model/objects.ts';
import type { Reached, Transport } from '../connection/transport.ts';
import { engineFailure } from '../connection/unreachable.ts';
import { eventTypes, readEvent, touches } from './events.ts';
import { createStore, type Store } from './store.ts';
import type { EngineEvent, EngineStatus, Inventory, InventoryChange } from './types.ts';

/** How many events are kept for who looks at them later. */
const maxEvents = 500;

/** The inventory with what `engine.ts` does to it. */
export interface LiveInventory extends Inventory {
  setStatus(status: EngineStatus): void;
  /** An engine is reached that may yet turn out to be of no use: its lists are asked for, and shown once it is followed. */
  begin(transport: Transport): void;
  /** What `begin` asked for is of no use. */
  abandon(): void;
  /** Keeps memory true to this engine until its event stream ends; resolves with why it ended. */
  follow(connection: Reached): Promise<EngineError>;
  /** Another engine: everything is forgotten, and listeners are told to ask again. */
  reset(): void;
}

interface Options {
  /** The engine, once it is reached; rejects with a UserError while it is not. `retry` tries now instead of later. */
  connection(options?: { retry: boolean }): Promise<Reached>;
  log(message: string): void;
}

/** What the stores are filled from. */
type Link =
  | { state: 'none' }
  /** Lists were asked for ahead; `show` lets them be shown, or settles them when they are of no use. */
  | { state: 'begun'; show(): void }
  /** `giveUp` ends the following. */
  | { state: 'followed'; reached: Reached; giveUp(reason: EngineError): void };

/**
 * Gives the inventory of whatever engine is reached. It asks nothing before `all` or `refresh` is called, and from then on
 * keeps the kinds that were asked for, until it is disposed of.
 */
export function createInventory({ connection, log }: Options): LiveInventory {
  const statusEmitter = new Emitter<EngineStatus>();
  const changeEmitter = new Emitter<InventoryChange>();
  const eventEmitter = new Emitter<EngineEvent>();
  const recentEvents: EngineEvent[] = [];
  let status: EngineStatus = { state: 'connecting' };
  let link: Link = { state: 'none' };
  /** Lines about records that were left out, since the last connection. */
  const told = new Set<string>();

  const stores = createStores({
    emit: (change) => changeEmitter.fire(change),
    skipped(which, reason) {
      const line = `One of the ${which} is left out: ${reason}`;
      // A record that is looked at again and again is one line of the log.
      if (!told.has(line)) {
        told.add(line);
        log(line);
      }
    },
    failed(kind, transport, error) {
      const failure = engineFailure(error);
      if (failure.problem !== undefined) {
        giveUp(failure);
        return;
      }
      log(`Looking again at ${kind} failed, so they are listed afresh: ${failure.message}`);
      stores[kind].list(transport).catch((again: unknown) => log(`Listing ${kind} failed: ${messageOf(again)}`));
    },
  });
  const wanted = () => Object.values(stores).filter((each) => each.wanted);

  function giveUp(reason: EngineError): void {
    if (link.state === 'followed') {
      link.giveUp(reason);
    }
  }

  function showLists(): void {
    if (link.state === 'begun') {
      link.show();
    }
  }

  function abandon(): void {
    for (const each of Object.values(stores)) {
      each.lose();
    }
    showLists();
    link = { state: 'none' };
  }

  /** A list whose connection fails ends the following, too: the engine hangs or is gone. */
  async function list(each: Store<Kind>, current: Reached): Promise<void> {
    try {
      await each.list(current.transport);
    } catch (error) {
      const failure = engineFailure(error);
      if (failure.problem === undefined) {
        log(`A list failed: ${failure.message}`);
      } else if (link.state === 'followed' && link.reached === current) {
        link.giveUp(failure);
      }
      throw explain(failure);
    }
  }

  function tell(event: EngineEvent): void {
    recentEvents.push(event);
    if (recentEvents.length > maxEvents) {
      recentEvents.shift();
    }
    eventEmitter.fire(event);
  }

  /** Tells of an event, and has the objects looked at that it may have changed. */
  function take(raw: unknown, current: Reached): void {
    const event = readEvent(raw);
    if (event) {
      tell(event);
    }
    for (const { kind, key, look } of touches(raw)) {
      const store: Store<Kind> = stores[kind];
      if (look === 'gone') {
        store.drop(key);
      } else if (look !== 'list') {
        store.touch(current.transport, key, look);
      } else if (store.wanted) {
        list(store, current).catch(() => {});
      }
    }
  }

  return {
    get status() {
      return status;
    },
    onStatus: statusEmitter.event,
    onChange: changeEmitter.event,
    onEvent: eventEmitter.event,
    recentEvents,

    async all<K extends Kind>(kind: K): Promise<readonly Objects[K][]> {
      stores[kind].want();
      do {
        // Asked for also when memory is there: it is of no use while the engine is out of reach.
        const current = await connection().catch((error: unknown) => {
          stores[kind].miss();
          throw error;
        });
        if (!stores[kind].listed) {
          await list(stores[kind], current);
        }
      } while (!stores[kind].listed);
      return [...stores[kind].objects.values()];
    },
    peek: (kind, key) => stores[kind].objects.get(key),
    async refresh() {
      const current = await connection({ retry: true });
      await Promise.all(wanted().map((each) => list(each, current)));
    },

    setStatus(next) {
      status = next;
      statusEmitter.fire(next);
    },
    begin(transport) {
      abandon();
      const ready = new Promise<void>((show) => {
        link = { state: 'begun', show };
      });
      for (const each of wanted()) {
        // A list that fails is asked for again when the engine is followed.
        each.list(transport, ready).catch(() => {});
      }
    },
    abandon,
    async follow(current) {
      showLists();
      const ended = new Promise<EngineError>((resolve) => {
        link = { state: 'followed', reached: current, giveUp: resolve };
      });
      told.clear();
      const abort = new AbortController();
      const listener = {
        event: (raw: unknown) => take(raw, current),
        badLine: (line: string) => log(`An event could not be read: ${line}`),
      };
      current.events(eventTypes, listener, abort.signal).catch((error: unknown) => giveUp(engineFailure(error)));
      for (const each of wanted()) {
        // What went wrong is in the log already, and whoever asks for this kind next tries again.
        list(each, current).catch(() => {});
      }
      const reason = await ended;
      abort.abort();
      abandon();
      return reason;
    },
    reset() {
      recentEvents.length = 0;
      for (const each of wanted()) {
        each.clear();
      }
    },
    dispose() {
      giveUp(new EngineError('The connection was closed.', { problem: 'other' }));
      abandon();
      statusEmitter.dispose();
      changeEmitter.dispose();
      eventEmitter.dispose();
    },
  };
}

type Stores = { readonly [K in Kind]: Store<K> };

interface StoresOptions {
  emit(change: InventoryChange): void;
  skipped(kind: Kind, reason: string): void;
  failed(kind: Kind, transport: Transport, error: unknown): void;
}

function createStores({ emit, skipped, failed }: StoresOptions): Stores {
  const store = <K extends Kind>(kind: K): Store<K> =>
    createStore({ kind, emit, skipped, failed: (transport, error) => failed(kind, transport, error) });
  return {
    containers: store('containers'),
    images: store('images'),
    volumes: store('volumes'),
    networks: store('networks'),
  };
}
