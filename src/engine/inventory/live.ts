// The live model of the engine: four stores, kept true by one stream of events.
import { EngineError } from '../../model/engines/error.ts';
import { explain } from '../../model/engines/help.ts';
import { messageOf } from '../../model/errors.ts';
import { Emitter } from '../../model/event.ts';
import type { Kind, Objects } from '../../model/objects.ts';
import type { Connection } from '../connect.ts';
import { jsonLines } from '../connection/jsonLines.ts';
import type { Transport } from '../connection/transport.ts';
import { engineFailure } from '../connection/unreachable.ts';
import type { EngineEvent, EngineStatus, Inventory, InventoryChange } from '../types.ts';
import { eventTypes, readEvent, touches } from './events.ts';
import { createStore, type Store } from './store.ts';

/** How many events are kept for who looks at them later. */
const mostEvents = 500;

/** The inventory with what `engine.ts` does to it. */
export interface LiveInventory extends Inventory {
  setStatus(status: EngineStatus): void;
  /** An engine is reached that may yet turn out to be of no use: its lists are asked for, and shown once it is followed. */
  begin(transport: Transport): void;
  /** What `begin` asked for is of no use. */
  abandon(): void;
  /** Keeps memory true to this engine until its event stream ends; resolves with why it ended. */
  follow(connection: Connection): Promise<EngineError>;
  /** Another engine: everything is forgotten, and listeners are told to ask again. */
  reset(): void;
}

interface Options {
  /** The engine, once it is reached; rejects with a UserError while it is not. `retry` tries now instead of later. */
  connection(options?: { retry: boolean }): Promise<Connection>;
  log(message: string): void;
}

export function createInventory({ connection, log }: Options): LiveInventory {
  const statusEmitter = new Emitter<EngineStatus>();
  const changeEmitter = new Emitter<InventoryChange>();
  const eventEmitter = new Emitter<EngineEvent>();
  const recentEvents: EngineEvent[] = [];
  let status: EngineStatus = { state: 'connecting' };
  /** The connection that is followed, and how that is ended. */
  let followed: Connection | undefined;
  /** Lines about records that were left out, since the last connection. */
  const told = new Set<string>();
  let giveUp: ((reason: EngineError) => void) | undefined;
  /** Lets the lists that were asked for ahead be shown. */
  let showLists = () => {};

  const store = <K extends Kind>(kind: K): Store<K> =>
    createStore({
      kind,
      emit: (change) => changeEmitter.fire(change),
      skipped(which, reason) {
        const line = `One of the ${which} is left out: ${reason}`;
        // A record that is looked at again and again is one line of the log.
        if (!told.has(line)) {
          told.add(line);
          log(line);
        }
      },
      failed(transport, error) {
        const failure = engineFailure(error);
        if (failure.problem !== undefined) {
          giveUp?.(failure);
          return;
        }
        log(`Looking again at ${kind} failed, so they are listed afresh: ${failure.message}`);
        stores[kind].list(transport).catch((again: unknown) => log(`Listing ${kind} failed: ${messageOf(again)}`));
      },
    });
  const stores: { readonly [K in Kind]: Store<K> } = {
    containers: store('containers'),
    images: store('images'),
    volumes: store('volumes'),
    networks: store('networks'),
  };
  const wanted = () => Object.values(stores).filter((each) => each.wanted);

  function abandon(): void {
    for (const each of Object.values(stores)) {
      each.lose();
    }
    showLists();
  }

  /** A list whose connection fails ends the following, too: the engine hangs or is gone. */
  async function list(each: Store<Kind>, current: Connection): Promise<void> {
    try {
      await each.list(current.transport);
    } catch (error) {
      const failure = engineFailure(error);
      if (failure.problem === undefined) {
        log(`A list failed: ${failure.message}`);
      } else if (followed === current) {
        giveUp?.(failure);
      }
      throw explain(failure);
    }
  }

  function tell(event: EngineEvent | undefined): void {
    if (event) {
      recentEvents.push(event);
      if (recentEvents.length > mostEvents) {
        recentEvents.shift();
      }
      eventEmitter.fire(event);
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
      const ready = new Promise<void>((resolve) => {
        showLists = resolve;
      });
      for (const each of wanted()) {
        // A list that fails is asked for again when the engine is followed.
        each.list(transport, ready).catch(() => {});
      }
    },
    abandon,
    async follow(current) {
      const { transport, clock } = current;
      showLists();
      const ended = new Promise<EngineError>((resolve) => {
        giveUp = resolve;
      });
      followed = current;
      told.clear();
      const abort = new AbortController();
      followEvents(abort.signal).catch((error: unknown) => giveUp?.(engineFailure(error, current.client.endpoint)));
      for (const each of wanted()) {
        // What went wrong is in the log already, and whoever asks for this kind next tries again.
        list(each, current).catch(() => {});
      }
      const reason = await ended;
      abort.abort();
      giveUp = undefined;
      followed = undefined;
      abandon();
      return reason;

      async function followEvents(signal: AbortSignal): Promise<void> {
        const lines = jsonLines(
          (event) => {
            tell(readEvent(event));
            for (const { kind, key, look } of touches(event)) {
              if (look === 'gone') {
                stores[kind].drop(key);
              } else if (look === 'list') {
                if (stores[kind].wanted) {
                  list(stores[kind], current).catch(() => {});
                }
              } else {
                stores[kind].touch(transport, key, look);
              }
            }
          },
          (line) => log(`An event could not be read: ${line}`),
        );
        // `since` gives again what happened from the first contact on, so the lists need not wait for the stream.
        const query = { since: clock, filters: { type: eventTypes } };
        for await (const chunk of await transport.stream({ method: 'GET', path: '/events', query, signal })) {
          lines.push(chunk);
        }
        throw new EngineError('The stream of events ended.', { problem: 'not-running' });
      }
    },
    reset() {
      recentEvents.length = 0;
      for (const each of wanted()) {
        each.clear();
      }
    },
    dispose() {
      giveUp?.(new EngineError('The connection was closed.', { problem: 'other' }));
      abandon();
      statusEmitter.dispose();
      changeEmitter.dispose();
      eventEmitter.dispose();
    },
  };
}
