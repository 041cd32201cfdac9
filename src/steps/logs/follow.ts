// Follows the logs of a container for as long as there is one: across its restarts, and across those of the engine.
import type { Engine, EngineClient, Inventory, Session } from '../../engine/types.ts';
import { EngineError } from '../../model/engines/error.ts';
import { explain } from '../../model/engines/help.ts';
import { createLogReader, type LogLine } from '../../model/logs/lines.ts';
import { sleep } from '../sleep.ts';

export type FollowState =
  | { state: 'following' }
  /** The container has ended, and its next start is waited for. */
  | { state: 'waiting'; exitCode: number }
  /** The engine is out of reach, or does not give the logs: its sentence. */
  | { state: 'lost'; reason: string }
  /** There is no such container any more; nothing follows. */
  | { state: 'gone' };

export interface FollowOptions {
  /** Lines from the end; all when absent. */
  tail?: number;
  /** Seconds since 1970. */
  since?: number;
  /** Number that the lines carry. */
  source: number;
  signal: AbortSignal;
  onLine(line: LogLine): void;
  onState(state: FollowState): void;
}

/** Milliseconds of work on output in each `period`; the rest is left to everything else in the process. */
const share = 25;
const period = 50;
/** Milliseconds before the logs of a container that runs are asked for again. */
const shortestPause = 100;
const maxPause = 5000;

/** Settles when the container is gone or the signal aborted; never rejects. */
export async function followLogs(engine: Engine, container: string, options: FollowOptions): Promise<void> {
  const { tail, since, source, signal, onLine, onState } = options;
  const told = createTold();
  let pause = shortestPause;
  while (!signal.aborted) {
    // Listening starts before the question, so that no start is missed in between.
    const news = createNews(engine.inventory, container, signal);
    try {
      const client = await engine.client();
      const begun = Date.now();
      const repeated = told.repeated();
      const from = told.since() ?? since;
      const session = await client.containers.logs(
        container,
        {
          follow: true,
          timestamps: true,
          ...(from !== undefined && { since: from }),
          ...(tail !== undefined && told.since() === undefined && { tail }),
        },
        signal,
      );
      onState({ state: 'following' });
      await readAll(session, source, (line) => {
        if (!repeated(line.stamp)) {
          told.add(line.stamp);
          onLine(line);
        }
      });
      if (signal.aborted) {
        return;
      }
      const state = await stateOf(client, container);
      if (state !== 'running') {
        onState({ state: 'waiting', exitCode: state });
        await news.come;
        continue;
      }
      // It runs again already, or the stream broke; one that breaks at once each time is not asked for in a tight loop.
      pause = Date.now() - begun > maxPause ? shortestPause : Math.min(maxPause, pause * 2);
      await Promise.race([news.come, sleep(pause, signal)]);
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (error instanceof EngineError && error.status === 404) {
        onState({ state: 'gone' });
        return;
      }
      onState({ state: 'lost', reason: explain(error).message });
      await Promise.race([news.come, sleep(maxPause, signal)]);
    } finally {
      news.dispose();
    }
  }
}

async function stateOf(client: EngineClient, container: string): Promise<'running' | number> {
  const { running, exitCode } = await client.containers.inspect(container);
  return running ? 'running' : exitCode;
}

/** Reads a session to its end, and lets the engine wait while too much comes. */
async function readAll(session: Session, source: number, onLine: (line: LogLine) => void): Promise<void> {
  const reader = createLogReader(source, onLine);
  let start = performance.now();
  let spent = 0;
  let resuming: ReturnType<typeof setTimeout> | undefined;
  session.onOutput((data, stream) => {
    const before = performance.now();
    if (before - start > period) {
      start = before;
      spent = 0;
    }
    reader.push(data, stream);
    spent += performance.now() - before;
    if (spent > share && resuming === undefined) {
      session.pause();
      resuming = setTimeout(
        () => {
          resuming = undefined;
          session.resume();
        },
        Math.max(1, start + period - performance.now()),
      );
    }
  });
  await session.ended;
  clearTimeout(resuming);
  reader.end();
}

/** What was told already, as far as a new stream could tell it again. */
function createTold() {
  /** Up to the millisecond: engines take that as a beginning. */
  let last = '';
  let counts = new Map<string, number>();
  return {
    add(stamp: string): void {
      const millisecond = stamp.slice(0, 23);
      if (millisecond > last) {
        last = millisecond;
        counts = new Map();
      }
      if (millisecond === last) {
        counts.set(stamp, (counts.get(stamp) ?? 0) + 1);
      }
    },
    /** Seconds since 1970 from which a new stream must begin; undefined before the first line. */
    since(): number | undefined {
      const [stamp] = counts.keys();
      const milliseconds = Date.parse(stamp ?? '');
      return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds) / 1000;
    },
    /** Tells whether a line with this stamp was told before; each is asked about once. */
    repeated(): (stamp: string) => boolean {
      const left = new Map(counts);
      return (stamp) => {
        const count = left.get(stamp) ?? 0;
        if (count > 0) {
          left.set(stamp, count - 1);
        }
        return count > 0;
      };
    },
  };
}

/** Waits for the container's start or end, or for the engine's return. */
function createNews(inventory: Inventory, container: string, signal: AbortSignal) {
  let tell = () => {};
  const come = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const listening = [
    inventory.onEvent(({ type, id, action }) => {
      if (type === 'container' && id.startsWith(container) && /^(start|restart|destroy|remove)$/.test(action)) {
        tell();
      }
    }),
    inventory.onStatus(({ state }) => {
      if (state === 'connected') {
        tell();
      }
    }),
  ];
  signal.addEventListener('abort', tell);
  return {
    come,
    dispose() {
      signal.removeEventListener('abort', tell);
      for (const each of listening) {
        each.dispose();
      }
    },
  };
}
