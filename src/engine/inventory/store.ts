// The objects of one kind in memory: listed once, then kept true by looking again at those that events name.
import { isDeepStrictEqual } from 'node:util';
import type { Kind, Objects } from '../../model/objects.ts';
import type { Transport } from '../connection/transport.ts';
import type { InventoryChange } from '../types.ts';
import { sources } from './queries.ts';

/**
 * An event is looked at at once while things are calm: up to `burst` requests go out without a wait, and one more
 * is earned every `pace` milliseconds. Events that come faster wait at most that long and share a request.
 */
const pace = 150;
const burst = 4;
/**
 * Milliseconds after an event at which its object is looked at. The second look is there because the lists of
 * some engines know of a change a moment after its event; `late` events are known for it (Docker 20.10, pause.go).
 * `calm` waits until no such event came for a while: its look is a whole list.
 */
const looks = { prompt: [0, 250], late: [25, 250], calm: [1000] };

export interface Store<K extends Kind> {
  /** True once somebody asked for this kind: from then on it is kept. */
  readonly wanted: boolean;
  /** True while memory follows the engine. */
  readonly listed: boolean;
  readonly objects: ReadonlyMap<string, Objects[K]>;
  /** Somebody asks for this kind: it is to be kept from now on. */
  want(): void;
  /** Who asked got nothing, since the engine is out of reach, and is to hear what there is once it comes. */
  miss(): void;
  /**
   * Lists everything and reports what differs; calls at the same time share one request.
   * Memory takes over what was listed once it is `ready`, by which it may have been lost.
   */
  list(transport: Transport, ready?: Promise<void>): Promise<void>;
  /** An event named this object. */
  touch(transport: Transport, key: string, when: 'prompt' | 'late' | 'calm'): void;
  /** An event says that this object is gone. */
  drop(key: string): void;
  /** The connection is lost: what is in memory may be old. */
  lose(): void;
  /** Another engine: what is in memory is of no use. */
  clear(): void;
}

interface Options<K extends Kind> {
  kind: K;
  emit(change: InventoryChange): void;
  /** A record that could not be read. */
  skipped(kind: Kind, reason: string): void;
  /** Looking again at touched objects failed, so memory is no longer known to be true. */
  failed(transport: Transport, error: unknown): void;
}

export function createStore<K extends Kind>({ kind, emit, skipped, failed }: Options<K>): Store<K> {
  const source = sources[kind];
  const objects = new Map<string, Objects[K]>();
  const touched = new Set<string>();
  /** Objects that went while a request was on its way: its answer may still have them. */
  const dropped = new Set<string>();
  let wanted = false;
  let listed = false;
  /** Whether somebody knows what is in memory, and is to hear of changes. */
  let reported = false;
  let listing: { transport: Transport; done: Promise<void> } | undefined;
  let looking: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  /** Later looks, by key. */
  const waiting = new Map<string, NodeJS.Timeout>();
  let scheduled = false;
  let allowance = burst;
  let counted = Date.now();
  /** Grows when what is on its way is no longer wanted. */
  let era = 0;

  async function listAll(transport: Transport, ready?: Promise<void>): Promise<void> {
    const now = era;
    // One request after another, so that an older answer never replaces a newer one.
    await looking;
    // Events up to here are answered by the list; later ones are looked at after it.
    touched.clear();
    dropped.clear();
    const found = new Map<string, Objects[K]>();
    await source.all(transport, (records) => {
      if (now === era) {
        readInto(found, records);
      }
    });
    await ready;
    if (now !== era) {
      return;
    }
    for (const key of dropped) {
      found.delete(key);
    }
    const removed = [...objects.keys()].filter((key) => !found.has(key));
    listed = true;
    apply(found, removed, sameButForAge);
  }

  async function lookAgain(transport: Transport): Promise<void> {
    const now = era;
    const keys = [...touched];
    touched.clear();
    dropped.clear();
    try {
      const { records, gone } = await source.some(transport, keys, objects);
      if (now === era) {
        const found = new Map<string, Objects[K]>();
        readInto(found, records);
        apply(
          found,
          [...keys, ...gone].filter((key) => objects.has(key) && !found.has(key)),
          isDeepStrictEqual,
        );
      }
    } catch (error) {
      if (now === era) {
        failed(transport, error);
      }
    }
    if (now === era) {
      looking = undefined;
      schedule(transport);
    }
  }

  /** Lets the next request go as soon as the allowance permits, when there is something to ask and nothing on its way. */
  function schedule(transport: Transport): void {
    if (touched.size === 0 || looking || listing || scheduled) {
      return;
    }
    scheduled = true;
    const now = Date.now();
    allowance = Math.min(burst, allowance + (now - counted) / pace);
    counted = now;
    const then = era;
    const go = () => {
      if (then !== era) {
        return;
      }
      scheduled = false;
      if (listed && touched.size > 0 && !looking && !listing) {
        allowance -= 1;
        looking = lookAgain(transport);
      }
    };
    if (allowance >= 1) {
      // Not at once: the events of one chunk share the request.
      queueMicrotask(go);
    } else {
      timer = setTimeout(go, (1 - allowance) * pace);
    }
  }

  function look(transport: Transport, key: string, [delay, ...more]: number[]): void {
    forget(key);
    if (delay === undefined) {
      return;
    }
    const now = () => {
      touched.add(key);
      schedule(transport);
      look(transport, key, more);
    };
    if (delay === 0) {
      now();
    } else {
      waiting.set(key, setTimeout(now, delay));
    }
  }

  function forget(key: string): void {
    clearTimeout(waiting.get(key));
    waiting.delete(key);
  }

  function readInto(found: Map<string, Objects[K]>, records: readonly unknown[]): void {
    for (const raw of records) {
      const { object, reason } = source.read(raw);
      if (object === undefined) {
        skipped(kind, reason ?? '');
      } else if (!dropped.has(source.key(object))) {
        found.set(source.key(object), object);
      }
    }
  }

  /** Takes over what differs; objects that are the same stay the very objects they were. */
  function apply(
    found: ReadonlyMap<string, Objects[K]>,
    removed: string[],
    same: (a: Objects[K], b: Objects[K]) => boolean,
  ): void {
    const added: string[] = [];
    const changed: string[] = [];
    for (const [key, object] of found) {
      const old = objects.get(key);
      if (!old || !same(old, object)) {
        (old ? changed : added).push(key);
        objects.set(key, object);
      }
    }
    for (const key of removed) {
      objects.delete(key);
    }
    // Who asked for the very first list has it as an answer.
    const first = !reported;
    reported = true;
    if (!first && added.length + changed.length + removed.length > 0) {
      emit({ kind, added, changed, removed, reset: false });
    }
  }

  function stop(): void {
    era += 1;
    listed = false;
    listing = undefined;
    looking = undefined;
    scheduled = false;
    clearTimeout(timer);
    for (const key of [...waiting.keys()]) {
      forget(key);
    }
    touched.clear();
    dropped.clear();
  }

  return {
    objects,
    get wanted() {
      return wanted;
    },
    get listed() {
      return listed;
    },
    want() {
      wanted = true;
    },
    miss() {
      reported = true;
    },
    list(transport, ready) {
      wanted = true;
      if (listing?.transport !== transport) {
        const done = listAll(transport, ready).finally(() => {
          if (listing?.done === done) {
            listing = undefined;
            schedule(transport);
          }
        });
        listing = { transport, done };
      }
      return listing.done;
    },
    touch(transport, key, when) {
      if (listed || listing) {
        look(transport, key, looks[when]);
      }
    },
    drop(key) {
      forget(key);
      touched.delete(key);
      dropped.add(key);
      if (objects.delete(key)) {
        emit({ kind, added: [], changed: [], removed: [key], reset: false });
      }
    },
    lose: stop,
    clear() {
      stop();
      reported = false;
      objects.clear();
      emit({ kind, added: [], changed: [], removed: [], reset: true });
    },
  };
}

/** The status of a container is a sentence that ages ("Up 3 hours"): that alone is no change. */
function sameButForAge<T extends object>(a: T, b: T): boolean {
  return isDeepStrictEqual('status' in a ? { ...a, status: '' } : a, 'status' in b ? { ...b, status: '' } : b);
}
