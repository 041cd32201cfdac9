// How long the other side may take: a clock for each stage of an exchange, and the pace at which a blob goes on.
import type { Readable } from 'node:stream';
import { type Stage, timeoutProblem } from './problems.ts';

export interface Clock {
  /** Waits for one thing at a time: a stage that begins ends the one before. */
  start(stage: Stage, milliseconds: number): void;
  stop(): void;
}

/** Runs nothing until a stage begins; `onTimeout` is told the stage that took too long. */
export function createClock(onTimeout: (stage: Stage) => void): Clock {
  let timer: NodeJS.Timeout | undefined;
  return {
    start(stage: Stage, milliseconds: number) {
      clearTimeout(timer);
      timer = setTimeout(onTimeout, milliseconds, stage);
    },
    stop: () => clearTimeout(timer),
  };
}

/** The least bytes a second that a blob goes on by, while the other side alone is waited for. */
const minPace = 1024;

export interface Pace {
  /** The other side is waited for from now on. */
  start(): void;
  /** It has given or taken so many bytes. Throws when that took too long. */
  stop(bytes: number): void;
}

/**
 * A blob may take hours, but not for ever: in each `stretch` (milliseconds) of waiting it has to go on by a little. `now` gives
 * milliseconds from any start.
 */
export function createPace(host: string, stretch: number, now: () => number = () => performance.now()): Pace {
  let waited = 0;
  let moved = 0;
  let since = now();
  return {
    start() {
      since = now();
    },
    stop(bytes) {
      waited += now() - since;
      moved += bytes;
      if (waited >= stretch) {
        if (moved < (stretch / 1000) * minPace) {
          throw timeoutProblem(host, 'slow');
        }
        waited = 0;
        moved = 0;
      }
    },
  };
}

/** The pieces of an answer; its clock runs only while the next one is waited for. */
export async function* paced(
  answer: Readable,
  start: () => void,
  stop: () => void,
  pace: Pace,
): AsyncGenerator<Uint8Array> {
  pace.start();
  try {
    for await (const piece of answer) {
      stop();
      pace.stop(piece.length);
      yield piece;
      start();
      pace.start();
    }
  } finally {
    stop();
    answer.destroy();
  }
}

/** The pieces of a body to send; the clock runs only while the other side takes one, and then until it answers. */
export async function* spaced(
  pieces: AsyncIterable<Uint8Array>,
  sending: { start(): void; stop(): void },
  pace: Pace,
  waiting: () => void,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    sending.start();
    pace.start();
    yield piece;
    sending.stop();
    pace.stop(piece.length);
  }
  waiting();
}
