// What containers changed in their files: compared when it is looked at, and again once they did something.

import { Cancelled } from '../model/errors.ts';
import { Emitter } from '../model/event.ts';
import { type ChangeTree, changeTree } from '../model/files/changes.ts';
import type { ChangedFiles, Engine } from './types.ts';

/** Milliseconds between an event and the next comparison: what comes together is compared together. */
const minPause = 300;
/** A comparison reads all files that changed. So that health checks keep no engine busy, it rests ten times as long. */
const restFactor = 10;

/** Actions after which files may differ; those with `died` and `exec_died` are Podman's. */
const telling = new Set('start die died exec_die exec_died extract-to-dir'.split(' '));

/**
 * Gives what containers changed in their files. Nothing is compared before `of` asks for it; `of` rejects as the engine's
 * client does. It works until it is disposed of.
 */
export function createChangedFiles(engine: Pick<Engine, 'client' | 'inventory'>): ChangedFiles {
  const kept = new Map<string, Comparison>();
  const stale = new Emitter<readonly string[]>();

  function comparisonOf(container: string): Comparison {
    const known = kept.get(container);
    if (known) {
      return known;
    }
    const created = createComparison(
      async (signal) => changeTree(await (await engine.client()).containers.changes(container, signal)),
      () => stale.fire([container]),
    );
    kept.set(container, created);
    return created;
  }

  function drop(container: string): void {
    kept.get(container)?.stop();
    kept.delete(container);
  }

  function dropAll(): string[] {
    const ids = [...kept.keys()];
    ids.forEach(drop);
    return ids;
  }

  const listening = [
    engine.inventory.onEvent(({ type, action, id }) => {
      if (type === 'container' && telling.has(action.split(':')[0] ?? '')) {
        kept.get(id)?.mayDiffer();
      }
    }),
    engine.inventory.onChange(({ kind, reset, removed }) => {
      if (kind === 'containers') {
        // Another engine, or one that was out of reach for a while.
        (reset ? dropAll() : removed).forEach(drop);
      }
    }),
  ];

  return {
    of: async (container) => comparisonOf(container).get(),
    peek: (container) => kept.get(container)?.peek(),
    forget(container) {
      if (container === undefined) {
        stale.fire(dropAll());
      } else if (kept.has(container)) {
        drop(container);
        stale.fire([container]);
      }
    },
    onStale: stale.event,
    dispose() {
      dropAll();
      for (const each of listening) {
        each.dispose();
      }
      stale.dispose();
    },
  };
}

/** What one container changed in its files, for somebody who looks at it. */
interface Comparison {
  /** What was compared last, unless something may have changed since; else a new comparison. Rejects as it does, and with `Cancelled` once stopped. */
  get(): Promise<ChangeTree>;
  /** What was compared last. */
  peek(): ChangeTree | undefined;
  /** Files may differ from now on: it becomes stale when it has rested, which is told once. */
  mayDiffer(): void;
  stop(): void;
}

function createComparison(compare: (signal: AbortSignal) => Promise<ChangeTree>, onStale: () => void): Comparison {
  const abort = new AbortController();
  const { signal } = abort;
  let tree: ChangeTree | undefined;
  let stale = true;
  let comparing: Promise<ChangeTree> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Milliseconds since 1970: the earliest moment of the next comparison. */
  let restsUntil = 0;

  async function compareNow(): Promise<ChangeTree> {
    const started = Date.now();
    stale = false;
    try {
      const found = await compare(signal);
      if (signal.aborted) {
        throw new Cancelled();
      }
      tree = found;
      return found;
    } catch (error) {
      stale = true;
      tree = undefined;
      throw error;
    } finally {
      comparing = undefined;
      restsUntil = Date.now() + restFactor * (Date.now() - started);
    }
  }

  async function becomeStale(): Promise<void> {
    timer = undefined;
    await comparing?.catch(() => undefined);
    if (!signal.aborted) {
      stale = true;
      onStale();
    }
  }

  return {
    async get() {
      if (tree && !stale) {
        return tree;
      }
      comparing ??= compareNow();
      return comparing;
    },
    peek: () => tree,
    mayDiffer() {
      // What was told to be stale and was not asked for since is looked at by nobody.
      if (!(stale && tree)) {
        timer ??= setTimeout(becomeStale, Math.max(minPause, restsUntil - Date.now()));
      }
    },
    stop() {
      clearTimeout(timer);
      abort.abort();
    },
  };
}
