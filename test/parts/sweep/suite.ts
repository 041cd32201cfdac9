// Gives pumped strings to many readers at once and says of each how slow it was at its slowest.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import {
  maxMsPerKilobyte,
  type Pumped,
  patienceFor,
  pumpedPairs,
  pumpedStrings,
  room,
  stopwatch,
  wallClock,
  wallRuns,
} from './pumped.ts';

/** Takes a text in the place where something from outside may stand; what it throws does not matter. */
export type Reader = (text: string) => unknown;

interface Slowest {
  /** Milliseconds for 1,024 characters: the least of up to 15 runs, since other programs only ever make one longer. */
  ms: number;
  /** What the text was. */
  of: string;
}

/** Milliseconds for 1,024 characters that a reader may take. */
const maxMs = maxMsPerKilobyte;
/** A suite with a test for each reader; at its end it says which one was the slowest. */
export function describeSweep(title: string, readers: Readonly<Record<string, Reader>>): void {
  describe(title, () => {
    withoutTraces();
    let slowest: Map<string, Slowest>;
    before(async function () {
      this.timeout(120_000);
      slowest = await sweep(readers);
    });
    after(() => console.log(`    the slowest: ${slowestOf(slowest)}`));
    for (const reader of Object.keys(readers)) {
      it(`${reader}: at most ${maxMs} ms a KB`, () => {
        const { ms, of } = slowest.get(reader) ?? { ms: Number.POSITIVE_INFINITY, of: 'nothing' };
        assert.ok(ms <= maxMs, `${ms} ms for ${of}`);
      });
    }
  });
}

/** In a suite of texts that are mostly refused, errors do not say where they come from: nobody reads it, and it takes long. */
export function withoutTraces(): void {
  const { stackTraceLimit } = Error;
  before(() => {
    Error.stackTraceLimit = 0;
  });
  after(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });
}

/**
 * Every text of 1 KB and, of those that could then take too long, of 4 KB, where what is quadratic shows; and each single
 * character over 100 KB, where even a fast search shows that is repeated. Each text is made once for all readers, because that
 * takes longer than most of them.
 */
async function sweep(readers: Readonly<Record<string, Reader>>): Promise<Map<string, Slowest>> {
  const slowest = new Map<string, Slowest>();
  const all = Object.entries(readers);
  const note = (name: string, { name: of }: Pumped, ms: number) => {
    if (ms > (slowest.get(name)?.ms ?? -1)) {
      slowest.set(name, { ms, of });
    }
  };
  for (const [short, long] of pumpedPairs([4 * 1024])) {
    for (const [name, read] of all) {
      const ms = await leastTime(short, read, { enough: maxMs / room, runs: wallRuns });
      if (ms <= maxMs / room) {
        note(name, short, ms);
      } else {
        note(name, short, await leastTime(short, read));
        note(name, long, await leastTime(long, read));
      }
    }
  }
  for (const long of pumpedStrings([100 * 1024])) {
    // One character, as the name quotes it.
    if (/^"(?:.|\\.|\\u....|[\ud800-\udfff]{2})" over/.test(long.name)) {
      for (const [name, read] of all) {
        note(name, long, await leastTime(long, read));
      }
    }
  }
  return slowest;
}

/** The slowest reader of all, for the log of a run. */
function slowestOf(found: ReadonlyMap<string, Slowest>): string {
  const [first] = [...found].sort(([, a], [, b]) => b.ms - a.ms);
  return first === undefined ? 'none' : `${first[0]}, ${first[1].ms.toFixed(2)} ms a KB for ${first[1].of}`;
}

/** The least of up to `runs` measurements; a figure up to `enough` is not measured again. */
async function leastTime({ text }: Pumped, read: Reader, { enough = maxMs / 4, runs = 15 } = {}): Promise<number> {
  const kilobytes = text.length / 1024;
  let least = Number.POSITIVE_INFINITY;
  let spent = 0;
  for (let run = 0; least > enough && (run < runs || (least > maxMs && spent < patienceFor(least))); run += 1) {
    const elapsed = run < wallRuns ? wallClock() : stopwatch();
    await attempt(read, text);
    const took = elapsed();
    spent += took;
    least = Math.min(least, took / kilobytes);
  }
  return least;
}

async function attempt(read: Reader, text: string): Promise<void> {
  try {
    await read(text);
  } catch {
    // A text that is refused was read all the same.
  }
}
