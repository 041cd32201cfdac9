// Keeps plain data in files that all windows share. The editor's own memento is copied into each window and written as a
// whole, so that of two changes at a time one is lost, and tells nobody of a change.
import { randomUUID } from 'node:crypto';
import { type FSWatcher, mkdirSync, readFileSync, watch } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { messageOf } from '../model/errors.ts';
import { type Disposable, Emitter } from '../model/event.ts';
import type { SharedState } from '../model/state.ts';

interface StateFilesHost {
  /** Need not exist. Each key has a file in it. */
  folder: string;
  /** What an earlier version kept elsewhere; used until the key is changed for the first time. */
  before(key: string): unknown;
  /** Told what cannot be read or watched. */
  problem(line: string): void;
}

/** Milliseconds after which a lock belongs to a window that is gone: a change takes a few. */
const abandoned = 10_000;
/** Milliseconds that a change waits for those of other windows. */
const patience = 20_000;

/** Nothing is read or watched before it is asked for. */
export function createStateFiles({ folder, before, problem }: StateFilesHost): SharedState & Disposable {
  const elsewhere = new Emitter<string>();
  /** The text of each file as this window knows it, while the folder is watched; undefined for a file that is not there. */
  const texts = new Map<string, string | undefined>();
  const queues = new Map<string, Promise<unknown>>();
  let watcher: FSWatcher | undefined;
  let disposed = false;

  const fileOf = (key: string) => join(folder, `${key}.json`);

  function follow(): void {
    if (watcher || disposed) {
      return;
    }
    try {
      mkdirSync(folder, { recursive: true });
      watcher = watch(folder, { persistent: false }, (_, name) => {
        for (const key of texts.keys()) {
          if (name === null || name === `${key}.json`) {
            look(key);
          }
        }
      });
      watcher.on('error', unfollow);
    } catch (error) {
      problem(`Changes of other windows are seen late: ${messageOf(error)}`);
    }
  }

  /** Without a watcher each question is answered from the disk. */
  function unfollow(): void {
    watcher?.close();
    watcher = undefined;
    texts.clear();
  }

  function look(key: string): void {
    const now = textOf(key);
    if (texts.get(key) !== now) {
      texts.set(key, now);
      elsewhere.fire(key);
    }
  }

  function textOf(key: string): string | undefined {
    try {
      return readFileSync(fileOf(key), 'utf8');
    } catch (error) {
      return missing(error, key);
    }
  }

  function missing(error: unknown, key: string): undefined {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      problem(`${key} cannot be read: ${messageOf(error)}`);
    }
  }

  function parsed(key: string, text: string | undefined): unknown {
    if (text === undefined) {
      return before(key);
    }
    try {
      return JSON.parse(text) ?? undefined;
    } catch (error) {
      problem(`${key} cannot be read: ${messageOf(error)}`);
      return undefined;
    }
  }

  async function write(key: string, change: (now: unknown) => unknown): Promise<void> {
    const found = await readFile(fileOf(key), 'utf8').catch((error: unknown) => missing(error, key));
    const known = texts.has(key) ? texts.get(key) : found;
    const next = JSON.stringify(change(parsed(key, found)) ?? null);
    const unfinished = join(folder, `${key}.${randomUUID()}.tmp`);
    try {
      await writeFile(unfinished, next, { mode: 0o600 });
      if (watcher) {
        // Before the file is there, so that the watcher does not take it for another window's.
        texts.set(key, next);
      }
      await rename(unfinished, fileOf(key));
    } catch (error) {
      texts.delete(key);
      await rm(unfinished, { force: true }).catch(() => undefined);
      throw error;
    }
    if (known !== found) {
      elsewhere.fire(key);
    }
  }

  /** One after the other in this window, and alone among all windows. */
  function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
    const turn = (queues.get(name) ?? Promise.resolve()).then(() => locked(folder, name, work));
    const quiet = turn.catch(() => undefined);
    queues.set(name, quiet);
    void quiet.then(() => queues.get(name) === quiet && queues.delete(name));
    return turn;
  }

  return {
    onElsewhere: elsewhere.event,
    get(key) {
      follow();
      if (!watcher) {
        return parsed(key, textOf(key));
      }
      if (!texts.has(key)) {
        texts.set(key, textOf(key));
      }
      return parsed(key, texts.get(key));
    },
    change: (key, change) => alone(key, () => write(key, change)),
    alone,
    dispose() {
      disposed = true;
      unfollow();
      elsewhere.dispose();
    },
  };
}

/** A file that only one can make is the lock. */
async function locked<T>(folder: string, name: string, work: () => Promise<T>): Promise<T> {
  const lock = join(folder, `${name}.lock`);
  await mkdir(folder, { recursive: true });
  const end = Date.now() + patience;
  for (;;) {
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      // Windows says EPERM of a file that is on its way out.
      const held = ['EEXIST', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '');
      if (!held || Date.now() > end) {
        throw error;
      }
    }
    const since = await stat(lock).then(
      ({ mtimeMs }) => mtimeMs,
      () => Date.now(),
    );
    if (Date.now() - since > abandoned) {
      await rm(lock, { force: true });
    } else {
      await wait(5 + Math.random() * 20);
    }
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}
