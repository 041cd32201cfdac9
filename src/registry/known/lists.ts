// The lists of repositories while they are looked at: asked for page by page, and saved for the next session.
import { messageOf } from '../../model/errors.ts';
import { throttle } from '../http/throttle.ts';
import {
  type Failed,
  failed,
  type Listing,
  type ListState,
  type Loaded,
  type Loading,
  listingOf,
  loaded,
  loading,
  namesOf,
  type Outdated,
  outdated,
  withRepository,
  withSaved,
} from './listState.ts';
import { isTooMany, type RegistryReading } from './reading.ts';
import type { SavedLists } from './savedLists.ts';

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

export interface ListsHost {
  registries: Pick<RegistryReading, 'repositories'>;
  savedLists: SavedLists;
  /** Names that a person added to a registry, which stand before its own. */
  added(registry: string): readonly string[];
  /** Names of the engine's images that belong into the list of a registry. Never rejects. */
  local(registry: string): Promise<readonly string[]>;
  /** Told that a list differs now, less often the longer it grows. */
  changed(registry: string): void;
  warn(line: string): void;
}

/** One reading of a registry's list: it holds from the first request until the list is outdated. */
interface Run {
  kind: 'run';
  state: Loading | Loaded | Failed;
  local: readonly string[];
  stop: AbortController;
  /** Resolves once there is something to show. */
  first: Promise<void>;
}

/** Asks nothing until a list is opened. Throws nothing: a failure is part of the listing, and told to `warn`. */
export function createLists({ registries, savedLists, added, local, changed, warn }: ListsHost): Lists {
  const lists = new Map<string, Outdated | Run>();
  /** The last saved list that is on its way out, which must not be shown meanwhile. */
  let forgotten: Promise<void> | undefined;

  const show = (registry: string, entry: Outdated | Run): Listing =>
    listingOf(stateOf(entry), [...added(registry), ...(entry.kind === 'run' ? entry.local : [])]);

  function start(registry: string): Run {
    const before = lists.get(registry);
    const arrived: string[] = [];
    const state = loading(before?.kind === 'outdated' ? before : undefined, arrived);
    const run: Run = { kind: 'run', state, local: [], stop: new AbortController(), first: Promise.resolve() };
    lists.set(registry, run);
    const page = load(registry, run, arrived);
    const saved = showSaved(registry, run);
    run.first = Promise.race([
      saved.then(async (there) => (there ? undefined : page)),
      // A registry that cannot be reached shows its last list, too.
      page.then(async () => (namesOf(run.state).length > 0 ? undefined : void (await saved))),
    ]);
    return run;
  }

  /** Puts the names of an earlier session in the place of none; resolves with whether there are old names to show. */
  async function showSaved(registry: string, run: Run): Promise<boolean> {
    if (!hasOld(run.state)) {
      await forgotten;
      const saved = await savedLists.read(registry);
      if (saved && lists.get(registry) === run) {
        run.state = withSaved(run.state, saved);
      }
    }
    return hasOld(run.state);
  }

  /** Resolves with the first page that is shown, or with the end; never rejects. */
  function load(registry: string, run: Run, arrived: string[]): Promise<void> {
    const { signal } = run.stop;
    const redraw = throttle(() => changed(registry), signal);
    void local(registry).then((names) => {
      run.local = names;
      if (names.length > 0 && !signal.aborted) {
        redraw.soon();
      }
    });
    return new Promise((shown) => {
      const onPage = () => {
        if (!hasOld(run.state)) {
          shown();
          redraw.soon();
        }
      };
      void readAll(registry, arrived, onPage, signal)
        .then((end) => {
          redraw.cancel();
          if (!signal.aborted) {
            run.state = end(run.state);
            changed(registry);
          }
        })
        .finally(shown);
    });
  }

  /** Adds all pages to `arrived`; resolves with what this makes of the state. Never rejects. */
  async function readAll(
    registry: string,
    arrived: string[],
    onPage: () => void,
    signal: AbortSignal,
  ): Promise<(state: Run['state']) => Run['state']> {
    let cut = false;
    try {
      for await (const page of registries.repositories(registry, signal)) {
        if (signal.aborted) {
          return (state) => state;
        }
        for (const name of page) {
          arrived.push(name);
        }
        onPage();
      }
    } catch (error) {
      cut = isTooMany(error);
      if (!cut) {
        return (state) => giveUp(registry, state, error);
      }
    }
    return () => {
      const list = { names: arrived, at: Date.now() };
      void savedLists.write(registry, list);
      return loaded(list, cut);
    };
  }

  function giveUp(registry: string, state: Run['state'], error: unknown): Run['state'] {
    warn(`${registry}: ${messageOf(error)}`);
    return state.kind === 'loading' ? failed(state, error) : state;
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
      const run = there?.kind === 'run' ? there : start(registry);
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
      forgotten = savedLists.forget(registry);
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

/** Whether names of an earlier time are shown. */
function hasOld(state: ListState): boolean {
  return state.kind !== 'loaded' && state.old !== undefined;
}
