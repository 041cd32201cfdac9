// The objects of one kind in memory: listed once, then kept true by looking again at those that events name.
import { isDeepStrictEqual } from 'node:util';
import type { Kind, Objects } from '../../model/objects.ts';
import type { Transport } from '../connection/transport.ts';
import { type Same, sameButForAge, takeOver } from './memory.ts';
import { createLooks, createTokenBucket, type Looks } from './pace.ts';
import { sources } from './queries.ts';

import type { InventoryChange } from './types.ts';

/**
 * An event is looked at at once while things are calm: up to `burst` requests go out without a wait, and one more
 * is earned every `pace` milliseconds. Events that come faster wait at most that long and share a request.
 */
const pace = 150;
const burst = 4;
/**
 * Milliseconds after an event, and after the look before, at which its object is looked at. The second look is there
 * because the lists of some engines know of a change a moment after its event; `late` events are known for it (Docker 20.10, pause.go).
 * `calm` waits until no such event came for a while: its look is a whole list.
 */
const delays = { prompt: [0, 250], late: [25, 250], calm: [1000] };

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

/** Who wants to know of this kind. */
type Interest =
  | 'nobody'
  /** Somebody asked, and has no answer yet: what is listed first is that answer, and no change. */
  | 'asked'
  /** Somebody knows what is in memory, and is to hear of changes. */
  | 'told';

/** A list is on its way. */
interface Listing {
  state: 'listing';
  transport: Transport;
  done: Promise<void>;
  /** Whether memory follows the engine: it was listed before, or has just taken over this list. */
  listed: boolean;
}

type State =
  /** What is in memory may be old. */
  | { state: 'unlisted' }
  | Listing
  /** Memory follows the engine; nothing is on its way. */
  | { state: 'listed' }
  /** The same; touched objects are asked for as soon as the allowance permits. */
  | { state: 'due'; timer: NodeJS.Timeout | undefined }
  /** The same; touched objects are being asked for. */
  | { state: 'looking'; done: Promise<void> };

/** What belongs to one connection. A new one takes its place when the connection is lost, so that late answers find nobody. */
interface Era {
  state: State;
  /** Objects that are to be asked for. */
  readonly touched: Set<string>;
  /** Objects that went while a request was on its way: its answer may still have them. */
  readonly dropped: Set<string>;
  /** Later looks. */
  readonly looks: Looks;
  /** Of the last event or list, which is the one to ask. */
  transport?: Transport;
}

/**
 * Gives the store of one kind. Nothing is asked before `list` is called. `list` rejects as the transport does, and then
 * memory stays as it was; what goes wrong when touched objects are looked at again is told to `failed`.
 */
export function createStore<K extends Kind>({ kind, emit, skipped, failed }: Options<K>): Store<K> {
  const source = sources[kind];
  const objects = new Map<string, Objects[K]>();
  const bucket = createTokenBucket(burst, pace, Date.now());
  let interest: Interest = 'nobody';
  let era = begin();

  function begin(): Era {
    const looks = createLooks((key) => {
      era.touched.add(key);
      schedule();
    });
    return { state: { state: 'unlisted' }, touched: new Set(), dropped: new Set(), looks };
  }

  function stop(): void {
    if (era.state.state === 'due') {
      clearTimeout(era.state.timer);
    }
    era.looks.cancelAll();
    era = begin();
  }

  /** Lists everything, unless it is lost meanwhile. One request after another, so that an older answer never replaces a newer one. */
  async function listAll(own: Era, before: Promise<void> | undefined, transport: Transport, ready?: Promise<void>) {
    await before;
    // Events up to here are answered by the list; later ones are looked at after it.
    own.touched.clear();
    own.dropped.clear();
    const found = new Map<string, Objects[K]>();
    await source.all(transport, (records) => {
      if (own === era) {
        readInto(found, records);
      }
    });
    await ready;
    if (own !== era) {
      return;
    }
    for (const key of own.dropped) {
      found.delete(key);
    }
    if (own.state.state === 'listing') {
      own.state.listed = true;
    }
    const removed = [...objects.keys()].filter((key) => !found.has(key));
    report(found, removed, sameButForAge);
  }

  function list(transport: Transport, ready?: Promise<void>): Promise<void> {
    interest = interest === 'nobody' ? 'asked' : interest;
    const own = era;
    const { state } = own;
    if (state.state === 'listing' && state.transport === transport) {
      return state.done;
    }
    if (state.state === 'due') {
      clearTimeout(state.timer);
    }
    const before = state.state === 'looking' ? state.done : undefined;
    const done = listAll(own, before, transport, ready).finally(() => {
      if (own === era && own.state === listing) {
        own.state = { state: listing.listed ? 'listed' : 'unlisted' };
        schedule();
      }
    });
    const listing: Listing = { state: 'listing', transport, done, listed: isListed(state) };
    own.state = listing;
    own.transport = transport;
    return done;
  }

  /** Asks for touched objects as soon as the allowance permits, when nothing else is on its way. */
  function schedule(): void {
    const own = era;
    const { transport } = own;
    if (own.touched.size === 0 || own.state.state !== 'listed' || !transport) {
      return;
    }
    const go = () => {
      if (own !== era || own.state !== due) {
        return;
      }
      own.state = { state: 'listed' };
      if (own.touched.size > 0) {
        bucket.take();
        own.state = { state: 'looking', done: lookAgain(own, transport) };
      }
    };
    const wait = bucket.wait(Date.now());
    const due: State = { state: 'due', timer: wait > 0 ? setTimeout(go, wait) : undefined };
    own.state = due;
    if (wait === 0) {
      // Not at once: the events of one chunk share the request.
      queueMicrotask(go);
    }
  }

  async function lookAgain(own: Era, transport: Transport): Promise<void> {
    const keys = [...own.touched];
    own.touched.clear();
    own.dropped.clear();
    try {
      const { records, gone } = await source.some(transport, keys, objects);
      if (own === era) {
        const found = new Map<string, Objects[K]>();
        readInto(found, records);
        const removed = [...keys, ...gone].filter((key) => objects.has(key) && !found.has(key));
        report(found, removed, isDeepStrictEqual);
      }
    } catch (error) {
      if (own === era) {
        failed(transport, error);
      }
    }
    // A list that waits for this look has taken its place.
    if (own === era && own.state.state === 'looking') {
      own.state = { state: 'listed' };
      schedule();
    }
  }

  function readInto(found: Map<string, Objects[K]>, records: readonly unknown[]): void {
    for (const raw of records) {
      const { object, reason } = source.read(raw);
      if (object === undefined) {
        skipped(kind, reason ?? '');
      } else if (!era.dropped.has(source.key(object))) {
        found.set(source.key(object), object);
      }
    }
  }

  function report(found: ReadonlyMap<string, Objects[K]>, removed: string[], same: Same<Objects[K]>): void {
    const { added, changed } = takeOver(objects, found, removed, same);
    const known = interest === 'told';
    interest = 'told';
    if (known && added.length + changed.length + removed.length > 0) {
      emit({ kind, added, changed, removed, reset: false });
    }
  }

  return {
    objects,
    get wanted() {
      return interest !== 'nobody';
    },
    get listed() {
      return isListed(era.state);
    },
    want() {
      interest = interest === 'nobody' ? 'asked' : interest;
    },
    miss() {
      interest = 'told';
    },
    list,
    touch(transport, key, when) {
      if (era.state.state !== 'unlisted') {
        era.transport = transport;
        era.looks.plan(key, delays[when]);
      }
    },
    drop(key) {
      era.looks.cancel(key);
      era.touched.delete(key);
      era.dropped.add(key);
      if (objects.delete(key)) {
        emit({ kind, added: [], changed: [], removed: [key], reset: false });
      }
    },
    lose: stop,
    clear() {
      stop();
      interest = interest === 'nobody' ? 'nobody' : 'asked';
      objects.clear();
      emit({ kind, added: [], changed: [], removed: [], reset: true });
    },
  };
}

/** Whether memory follows the engine. */
function isListed(state: State): boolean {
  return state.state === 'listing' ? state.listed : state.state !== 'unlisted';
}
