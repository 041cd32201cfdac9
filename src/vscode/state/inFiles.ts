// Keeps plain data in files that all windows share. The editor's own memento is copied into each window and written as a
// whole, so that of two changes at a time one is lost, and tells nobody of a change.
import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../model/errors.ts';
import { type Disposable, Emitter } from '../../model/event.ts';
import type { SharedState } from '../../model/state.ts';
import { createMutex } from '../mutex.ts';
import { withLock } from './lock.ts';
import { watchFiles } from './watchedFiles.ts';

interface StateFilesHost {
  /** Need not exist. Each key has a file in it. */
  folder: string;
  /** What an earlier version kept elsewhere; used until the key is changed for the first time. */
  before(key: string): unknown;
  /** Told what cannot be read or watched. */
  problem(line: string): void;
}

/** Nothing is read or watched before it is asked for. */
export function createStateFiles({ folder, before, problem }: StateFilesHost): SharedState & Disposable {
  const elsewhere = new Emitter<string>();
  const mutex = createMutex();
  const files = watchFiles({ folder, problem, changed: (name) => elsewhere.fire(name.slice(0, -ending.length)) });

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
    const name = key + ending;
    const found = await readFile(join(folder, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') {
        problem(`${key} cannot be read: ${messageOf(error)}`);
      }
      return undefined;
    });
    const known = files.known(name, found);
    const next = JSON.stringify(change(parsed(key, found)) ?? null);
    const unfinished = join(folder, `${key}.${randomUUID()}.tmp`);
    try {
      await writeFile(unfinished, next, { mode: 0o600 });
      // Before the file is there: the watcher may tell of it at once.
      files.expect(name, next);
      await rename(unfinished, join(folder, name));
    } catch (error) {
      files.forget(name);
      await rm(unfinished, { force: true }).catch(() => undefined);
      throw error;
    }
    if (known !== found) {
      elsewhere.fire(key);
    }
  }

  /** One after the other in this window, and alone among all windows. */
  const alone = <T>(name: string, work: () => Promise<T>) => mutex(name, () => withLock(folder, name, work));

  return {
    onElsewhere: elsewhere.event,
    get: (key) => parsed(key, files.read(key + ending)),
    change: (key, change) => alone(key, () => write(key, change)),
    alone,
    dispose() {
      files.dispose();
      elsewhere.dispose();
    },
  };
}

/** Of the files' names, after the key. */
const ending = '.json';
