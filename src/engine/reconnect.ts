// When the next attempt to reach an engine is made.
import { type FSWatcher, watch } from 'node:fs';
import path from 'node:path';
import type { EngineError } from '../model/engines/error.ts';
import { socketPath } from './connection/address.ts';

/** Milliseconds between attempts: doubled each time from the first to the longest. */
const firstPause = 100;
const maxPause = 5_000;
/** Hosts count failed ssh connections, and shut out who has too many. */
const maxSshPause = 60_000;

/**
 * Milliseconds until the next attempt, after one that failed and the pause before it. Infinite where trying again cannot
 * help and repeated logins get a person shut out: the next attempt is then made when somebody asks.
 */
export function nextPause({ problem }: Pick<EngineError, 'problem'>, before: number): number {
  if (problem === 'ssh-login' || problem === 'ssh-host-key') {
    return Number.POSITIVE_INFINITY;
  }
  return Math.min(problem === 'ssh' ? maxSshPause : maxPause, before * 2 || firstPause);
}

export interface Pause {
  /** Resolves with whether the pause was cut short: a socket came or went, the signal was aborted, or `cut` was called. */
  readonly over: Promise<boolean>;
  cut(): void;
}

/** Starts a pause. The folders of local sockets among `urls` are watched as long as it lasts. Never rejects. */
export function startPause(milliseconds: number, urls: readonly string[], signal: AbortSignal): Pause {
  let end = (_early: boolean) => {};
  const over = new Promise<boolean>((resolve) => {
    end = resolve;
  });
  const cut = () => end(true);
  const watchers = urls.flatMap((url) => watchSocket(url, cut));
  // An engine that is not there must not keep a process alive.
  const timer = Number.isFinite(milliseconds) ? setTimeout(() => end(false), milliseconds).unref() : undefined;
  signal.addEventListener('abort', cut);
  void over.then(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', cut);
    for (const watcher of watchers) {
      watcher.close();
    }
  });
  return { over, cut };
}

/** Tells when a local socket comes or goes. */
function watchSocket(url: string, changed: () => void): FSWatcher[] {
  const file = socketPath(url);
  if (!file || url.startsWith('npipe:')) {
    return [];
  }
  try {
    const watcher = watch(path.dirname(file), { persistent: false }, (_, name) => {
      if (name === path.basename(file)) {
        changed();
      }
    });
    watcher.on('error', () => watcher.close());
    return [watcher];
  } catch {
    // The folder is not there yet; the next attempt looks again.
    return [];
  }
}
