// The lists of repositories while they are looked at: at most one reading of each at a time.
import { type Run, type RunHost, startRun } from './listRun.ts';
import { type Listing, type ListState, listingOf, type Outdated, outdated, withRepository } from './listState.ts';
import type { SavedLists } from './stored/listFiles.ts';

export interface Lists {
  /** What memory has; starts nothing. */
  peek(registry: string): Listing | undefined;
  /** Lists a registry, or joins the listing under way; resolves once there is something to show. Never rejects. */
  open(registry: string): Promise<Listing>;
  /** Registries of which something is known. */
  known(): readonly string[];
  /** Stops a listing under way; the list is asked for again when it is next opened, and its names are shown until then. */
  outdate(registry: string): void;
  /** Drops what is known of a registry, also what an earlier session saved. */
  forget(registry: string): void;
  /** Puts a repository into the list. Returns whether it was missing there. */
  insert(registry: string, repository: string): boolean;
  /** Stops every listing; nothing is told any more. */
  dispose(): void;
}

export interface ListsHost extends RunHost {
  savedLists: SavedLists;
  /** Names that a person added to a registry, which stand before its own. */
  added(registry: string): readonly string[];
}

/** Asks nothing until a list is opened. Throws nothing: a failure is part of the listing, and told to `warn`. */
export function createLists(host: ListsHost): Lists {
  const lists = new Map<string, Outdated | Run>();
  /** The last saved list that is on its way out, which must not be shown meanwhile. */
  let forgotten: Promise<void> | undefined;

  const show = (registry: string, entry: Outdated | Run): Listing =>
    listingOf(stateOf(entry), [...host.added(registry), ...(entry.kind === 'run' ? entry.local : [])]);

  function start(registry: string, before: Outdated | undefined): Run {
    const run = startRun(host, registry, before, forgotten);
    lists.set(registry, run);
    return run;
  }

  function drop(registry: string): void {
    const entry = lists.get(registry);
    if (entry?.kind === 'run') {
      entry.stop.abort();
    }
    lists.delete(registry);
  }

  return {
    peek(registry) {
      const entry = lists.get(registry);
      return entry && show(registry, entry);
    },
    async open(registry) {
      const there = lists.get(registry);
      const run = there?.kind === 'run' ? there : start(registry, there);
      await run.first;
      return show(registry, lists.get(registry) ?? run);
    },
    known: () => [...lists.keys()],
    outdate(registry) {
      const entry = lists.get(registry);
      if (entry) {
        drop(registry);
        const old = outdated(stateOf(entry));
        if (old) {
          lists.set(registry, old);
        }
      }
    },
    forget(registry) {
      drop(registry);
      forgotten = host.savedLists.forget(registry);
    },
    insert(registry, repository) {
      const entry = lists.get(registry);
      if (entry?.kind === 'outdated') {
        const more = withRepository(entry, repository);
        lists.set(registry, more ?? entry);
        return more !== undefined;
      }
      const more = entry && withRepository(entry.state, repository);
      if (entry && more) {
        entry.state = more;
      }
      return more !== undefined;
    },
    dispose() {
      for (const registry of lists.keys()) {
        drop(registry);
      }
    },
  };
}

function stateOf(entry: Outdated | Run): ListState {
  return entry.kind === 'run' ? entry.state : entry;
}
