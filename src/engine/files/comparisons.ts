// What containers changed in their files: compared when it is looked at, and again once they did something.

import { Cancelled } from '../../model/errors.ts';
import { Emitter } from '../../model/event.ts';
import { type ChangeTree, changeTree } from '../../model/files/changes.ts';
import type { ChangedFiles, Engine, EngineEvent } from '../types.ts';

/** Milliseconds between an event and the next comparison: what comes together is compared together. */
const least = 300;
/** A comparison reads all files that changed. So that health checks keep no engine busy, it rests ten times as long. */
const rest = 10;

/** Actions after which files may differ; those with `died` and `exec_died` are Podman's. */
const telling = new Set('start die died exec_die exec_died extract-to-dir'.split(' '));

interface Kept {
  tree?: ChangeTree;
  comparing?: Promise<ChangeTree>;
  stop: AbortController;
  stale: boolean;
  timer?: ReturnType<typeof setTimeout>;
  /** Milliseconds: when the last comparison ended, and how long it took. */
  ended: number;
  took: number;
}

export function createChangedFiles(engine: Pick<Engine, 'client' | 'inventory'>): ChangedFiles {
  const kept = new Map<string, Kept>();
  const stale = new Emitter<readonly string[]>();

  function drop(container: string): void {
    const entry = kept.get(container);
    clearTimeout(entry?.timer);
    entry?.stop.abort();
    kept.delete(container);
  }

  function dropAll(): string[] {
    const ids = [...kept.keys()];
    ids.forEach(drop);
    return ids;
  }

  function hear({ type, action, id }: EngineEvent): void {
    const entry = type === 'container' ? kept.get(id) : undefined;
    // What was told to be stale and was not asked for since is not in sight.
    if (!entry || !telling.has(action.split(':')[0] ?? '') || (entry.stale && entry.tree)) {
      return;
    }
    entry.timer ??= setTimeout(
      async () => {
        delete entry.timer;
        await entry.comparing?.catch(() => undefined);
        if (kept.get(id) === entry) {
          entry.stale = true;
          stale.fire([id]);
        }
      },
      Math.max(least, entry.ended + rest * entry.took - Date.now()),
    );
  }

  async function compare(container: string, entry: Kept): Promise<ChangeTree> {
    const started = Date.now();
    entry.stale = false;
    try {
      const client = await engine.client();
      const tree = changeTree(await client.containers.changes(container, entry.stop.signal));
      if (entry.stop.signal.aborted) {
        throw new Cancelled();
      }
      entry.tree = tree;
      return tree;
    } catch (error) {
      entry.stale = true;
      delete entry.tree;
      throw error;
    } finally {
      delete entry.comparing;
      entry.ended = Date.now();
      entry.took = entry.ended - started;
    }
  }

  const listening = [
    engine.inventory.onEvent(hear),
    engine.inventory.onChange(({ kind, reset, removed }) => {
      if (kind === 'containers') {
        // Another engine, or one that was out of reach for a while.
        (reset ? dropAll() : removed).forEach(drop);
      }
    }),
  ];

  return {
    async of(container) {
      const entry = kept.get(container) ?? { stop: new AbortController(), stale: true, ended: 0, took: 0 };
      kept.set(container, entry);
      if (entry.tree && !entry.stale) {
        return entry.tree;
      }
      entry.comparing ??= compare(container, entry);
      return entry.comparing;
    },
    peek: (container) => kept.get(container)?.tree,
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
