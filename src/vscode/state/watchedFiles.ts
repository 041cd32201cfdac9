// The files of a folder as text: in memory while the folder is watched, and what other processes change in them.
import { type FSWatcher, mkdirSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../model/errors.ts';
import type { Disposable } from '../../model/event.ts';

interface WatchedFilesHost {
  /** Made where it is missing. */
  folder: string;
  /** Told what cannot be read or watched. */
  problem(line: string): void;
  /** Told of a file that another process has changed, as far as its text is in memory. */
  changed(name: string): void;
}

export interface WatchedFiles extends Disposable {
  /** The text of a file now; undefined where there is none. The first question starts the watcher. */
  read(name: string): string | undefined;
  /** The text that memory has, or else the one that was found on the disk. */
  known(name: string, found: string | undefined): string | undefined;
  /** Says that we are about to write this text, so that it is not taken for another process's. */
  expect(name: string, text: string): void;
  /** Has the file read again when it is next asked for. */
  forget(name: string): void;
}

/** Where the folder cannot be watched, each question is answered from the disk, and no change is told. */
export function watchFiles({ folder, problem, changed }: WatchedFilesHost): WatchedFiles {
  /** The text of each file that was read, while the folder is watched; undefined for a file that is not there. */
  const texts = new Map<string, string | undefined>();
  let watcher: FSWatcher | undefined;
  let disposed = false;

  function start(): void {
    try {
      mkdirSync(folder, { recursive: true });
      watcher = watch(folder, { persistent: false }, (_, name) => {
        for (const known of texts.keys()) {
          if (name === null || name === known) {
            compare(known);
          }
        }
      });
      watcher.on('error', stop);
    } catch (error) {
      problem(`Changes of other windows are seen late: ${messageOf(error)}`);
    }
  }

  function stop(): void {
    watcher?.close();
    watcher = undefined;
    texts.clear();
  }

  function compare(name: string): void {
    const now = textOf(name);
    if (texts.get(name) !== now) {
      texts.set(name, now);
      changed(name);
    }
  }

  function textOf(name: string): string | undefined {
    try {
      return readFileSync(join(folder, name), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        problem(`${name} cannot be read: ${messageOf(error)}`);
      }
      return undefined;
    }
  }

  return {
    read(name) {
      if (!watcher && !disposed) {
        start();
      }
      if (!watcher) {
        return textOf(name);
      }
      if (!texts.has(name)) {
        texts.set(name, textOf(name));
      }
      return texts.get(name);
    },
    known: (name, found) => (texts.has(name) ? texts.get(name) : found),
    expect(name, text) {
      if (watcher) {
        texts.set(name, text);
      }
    },
    forget: (name) => void texts.delete(name),
    dispose() {
      disposed = true;
      stop();
    },
  };
}
