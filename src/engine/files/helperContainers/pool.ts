// Keeps helper containers for a moment after their use, and removes them.
import { helperLabel } from '../../../model/containers/helpers.ts';
import { EngineError } from '../../../model/engines/error.ts';
import { fields, list, text } from '../../../model/untyped.ts';
import type { Transport } from '../../connection/transport.ts';
import type { FileClient } from '../types.ts';
import { type Access, type Confirm, createConsent } from './consent.ts';
import { createHelperContainerMaker, type HelperContainer, removeHelperContainer } from './create.ts';

/** Milliseconds that a helper container stays without use: one is made in 70 ms, and while it is there its volume cannot be removed. */
const idleTime = 3_000;
/** One that is older is replaced at its next use, so that whatever is older than `abandonedAge` belongs to nobody. */
const maxAge = 10 * 60_000;
const abandonedAge = 15 * 60_000;

export interface HelperContainers {
  /** Gives a helper container of a volume to `work`. It is created when there is none, and removed when it was not used for a while. */
  use<T>(volume: string, access: Access, work: (helperContainer: HelperContainer) => Promise<T>): Promise<T>;
  /** The same with one of its own to write, never started, which is removed afterwards. */
  useFresh<T>(volume: string, work: (helperContainer: HelperContainer) => Promise<T>): Promise<T>;
  /** Removes those of a volume. */
  release(volume: string): Promise<void>;
  /** Removes what an earlier session left behind. */
  sweep(): Promise<void>;
  /** Removes all of this session. */
  dispose(): Promise<void>;
}

interface Kept {
  helperContainer: Promise<HelperContainer>;
  /** Milliseconds since 1970. */
  created: number;
  users: number;
  /** Removes it; runs only while nobody uses it. */
  timer?: NodeJS.Timeout;
}

/**
 * Gives the helper containers of one engine. They work as long as the transport does. `use` and `useFresh` reject with what
 * `CreateHelperContainer` says, and with what their `work` rejects with.
 */
export function createHelperContainers(client: FileClient, transport: Transport, confirm?: Confirm): HelperContainers {
  /** By access and volume. */
  const kept = new Map<string, Kept>();
  const make = createHelperContainerMaker({ client, transport, consent: createConsent(confirm) });
  const remove = (container: string) => removeHelperContainer(client, container);
  const sweep = () => sweepAbandoned(client, transport);
  let swept = false;

  function create(volume: string, access: Access, lasting: boolean): Promise<HelperContainer> {
    // What a session that crashed left behind goes when helper containers are used again.
    if (!swept) {
      swept = true;
      void sweep().catch(() => undefined);
    }
    return make(volume, access, lasting);
  }

  function acquire(key: string, volume: string, access: Access): Kept {
    const known = kept.get(key);
    if (known && Date.now() - known.created < maxAge) {
      clearTimeout(known.timer);
      known.users++;
      return known;
    }
    const entry: Kept = { helperContainer: create(volume, access, true), created: Date.now(), users: 1 };
    kept.set(key, entry);
    return entry;
  }

  /** Its last user leaves it to the next one for a while, unless it is `stale`, was not created or has been replaced. */
  async function leave(key: string, entry: Kept, stale: boolean): Promise<void> {
    entry.users--;
    const replaced = kept.get(key) !== entry;
    const failed = await entry.helperContainer.then(
      () => false,
      () => true,
    );
    if (entry.users > 0) {
      return;
    }
    if (stale || failed || replaced) {
      await forget(key, entry);
    } else {
      clearTimeout(entry.timer);
      entry.timer = setTimeout(() => void forget(key, entry), idleTime).unref();
    }
  }

  function forget(key: string, entry: Kept): Promise<void> {
    clearTimeout(entry.timer);
    if (kept.get(key) === entry) {
      kept.delete(key);
    }
    return entry.helperContainer.then(
      ({ container }) => remove(container),
      () => undefined,
    );
  }

  return {
    async use(volume, access, work) {
      const key = keyOf(volume, access);
      for (let attempt = 0; ; attempt++) {
        const entry = acquire(key, volume, access);
        let stale = false;
        try {
          return await work(await entry.helperContainer);
        } catch (error) {
          // Another window, or a person, has removed it.
          stale = error instanceof EngineError && /no such container/i.test(error.message);
          if (!stale || attempt > 0) {
            throw error;
          }
        } finally {
          await leave(key, entry, stale);
        }
      }
    },

    async useFresh(volume, work) {
      const helperContainer = await create(volume, 'write', false);
      try {
        return await work(helperContainer);
      } finally {
        await remove(helperContainer.container);
      }
    },

    async release(volume) {
      for (const access of ['read', 'write'] as const) {
        const key = keyOf(volume, access);
        const entry = kept.get(key);
        if (entry) {
          await forget(key, entry);
        }
      }
    },

    sweep,

    async dispose() {
      await Promise.all([...kept].map(([key, entry]) => forget(key, entry)));
    },
  };
}

/** Removes helper containers that are too old to belong to any session. */
async function sweepAbandoned(client: FileClient, transport: Transport): Promise<void> {
  const filters = { label: [`${helperLabel}=true`] };
  const found = await transport.json({ method: 'GET', path: '/containers/json', query: { all: true, filters } });
  const oldest = (Date.now() - abandonedAge) / 1000;
  for (const { Id, Created } of list(found).map(fields)) {
    if (Number(Created) < oldest) {
      await removeHelperContainer(client, text(Id));
    }
  }
}

function keyOf(volume: string, access: Access): string {
  return `${access} ${volume}`;
}
