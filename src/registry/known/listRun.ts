// One reading of a registry's list, from the first request until the list is outdated.
import { messageOf } from '../../model/errors.ts';
import { throttle } from '../http/throttle.ts';
import {
  type Failed,
  failed,
  hasOld,
  type Loaded,
  type Loading,
  loaded,
  loading,
  namesOf,
  type Outdated,
  withSaved,
} from './listState.ts';
import { isTooMany, type RegistryReading } from './reading.ts';
import type { SavedLists } from './stored/listFiles.ts';

export interface Run {
  kind: 'run';
  state: Loading | Loaded | Failed;
  /** Names of the engine's images that belong into the list. */
  local: readonly string[];
  stop: AbortController;
  /** Resolves once there is something to show, or the end has come. Never rejects. */
  first: Promise<void>;
}

export interface RunHost {
  registries: Pick<RegistryReading, 'repositories'>;
  savedLists: Pick<SavedLists, 'read' | 'write'>;
  /** Names of the engine's images that belong into the list of a registry. Never rejects. */
  local(registry: string): Promise<readonly string[]>;
  /** Told that a list differs now, less often the longer it grows. */
  changed(registry: string): void;
  warn(line: string): void;
}

/**
 * Begins to read; `before` is shown meanwhile, or else what an earlier session saved, once `forgotten` lists are gone. A whole
 * list is saved. Stopped, a run changes nothing any more. Throws nothing: a failure becomes the state, and is told to `warn`.
 */
export function startRun(
  host: RunHost,
  registry: string,
  before: Outdated | undefined,
  forgotten: Promise<void> | undefined,
): Run {
  const arrived: string[] = [];
  const state = loading(before, arrived);
  const run: Run = { kind: 'run', state, local: [], stop: new AbortController(), first: Promise.resolve() };
  const page = load(host, registry, run, arrived);
  const saved = showSaved(host, registry, run, forgotten);
  run.first = Promise.race([
    saved.then(async (there) => (there ? undefined : page)),
    // A registry that cannot be reached shows its last list, too.
    page.then(async () => (namesOf(run.state).length > 0 ? undefined : void (await saved))),
  ]);
  return run;
}

/** Puts the names of an earlier session in the place of none; resolves with whether there are old names to show. */
async function showSaved(
  { savedLists }: RunHost,
  registry: string,
  run: Run,
  forgotten: Promise<void> | undefined,
): Promise<boolean> {
  if (!hasOld(run.state)) {
    await forgotten;
    const saved = await savedLists.read(registry);
    if (saved && !run.stop.signal.aborted) {
      run.state = withSaved(run.state, saved);
    }
  }
  return hasOld(run.state);
}

/** Resolves with the first page that is shown, or with the end; never rejects. */
function load(host: RunHost, registry: string, run: Run, arrived: string[]): Promise<void> {
  const { signal } = run.stop;
  const redraw = throttle(() => host.changed(registry), signal);
  void host.local(registry).then((names) => {
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
    void readAll(host, registry, arrived, onPage, signal)
      .then((end) => {
        redraw.cancel();
        if (!signal.aborted) {
          run.state = end(run.state);
          host.changed(registry);
        }
      })
      .finally(shown);
  });
}

/** Adds all pages to `arrived`; resolves with what this makes of the state. Never rejects. */
async function readAll(
  { registries, savedLists, warn }: RunHost,
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
      return (state) => {
        warn(`${registry}: ${messageOf(error)}`);
        return state.kind === 'loading' ? failed(state, error) : state;
      };
    }
  }
  return () => {
    const list = { names: arrived, at: Date.now() };
    void savedLists.write(registry, list);
    return loaded(list, cut);
  };
}
