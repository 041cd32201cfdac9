// Gives pumped strings to many readers at once and says of each how slow it was at its slowest.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { type Pumped, pumpedStrings, stopwatch } from './pumped.ts';

/** Takes a text in the place where something from outside may stand; what it throws does not matter. */
export type Reader = (text: string) => unknown;

interface Slowest {
  /** Milliseconds for 1,024 characters: the least of up to 15 runs, since other programs only ever make one longer. */
  ms: number;
  /** What the text was. */
  of: string;
}

/** Milliseconds for 1,024 characters that a reader may take. */
const mostMs = 1;
/** What took no longer is not measured again. */
const clearlyLess = mostMs / 4;

/** A suite with a test for each reader; at its end it says which one was the slowest. */
export function describeSweep(title: string, readers: Readonly<Record<string, Reader>>): void {
  describe(title, () => {
    let slowest: Map<string, Slowest>;
    before(async function () {
      this.timeout(120_000);
      slowest = await sweep(readers);
    });
    after(() => console.log(`    the slowest: ${slowestOf(slowest)}`));
    for (const reader of Object.keys(readers)) {
      it(`${reader}: at most ${mostMs} ms a KB`, () => {
        const { ms, of } = slowest.get(reader) ?? { ms: Number.POSITIVE_INFINITY, of: 'nothing' };
        assert.ok(ms <= mostMs, `${ms} ms for ${of}`);
      });
    }
  });
}

/**
 * Every text of 1 and of 4 KB, where what is quadratic shows, and each single character over 100 KB, where even a fast search
 * shows that is repeated. Each text is made once for all readers, because that takes longer than most of them.
 */
async function sweep(readers: Readonly<Record<string, Reader>>): Promise<Map<string, Slowest>> {
  const slowest = new Map<string, Slowest>();
  for (const { name: of, text } of texts()) {
    for (const [name, read] of Object.entries(readers)) {
      const ms = await leastTime(text, read);
      if (ms > (slowest.get(name)?.ms ?? -1)) {
        slowest.set(name, { ms, of });
      }
    }
  }
  return slowest;
}

function* texts(): Iterable<Pumped> {
  yield* pumpedStrings([1024, 4 * 1024]);
  for (const long of pumpedStrings([100 * 1024])) {
    // One character, as the name quotes it.
    if (/^"(?:.|\\.|\\u....|[\ud800-\udfff]{2})" over/.test(long.name)) {
      yield long;
    }
  }
}

/** The slowest reader of all, for the log of a run. */
function slowestOf(found: ReadonlyMap<string, Slowest>): string {
  const [first] = [...found].sort(([, a], [, b]) => b.ms - a.ms);
  return first === undefined ? 'none' : `${first[0]}, ${first[1].ms.toFixed(2)} ms a KB for ${first[1].of}`;
}

async function leastTime(text: string, read: Reader): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 15 && least > clearlyLess; run += 1) {
    const elapsed = stopwatch();
    try {
      await read(text);
    } catch {
      // A text that is refused was read all the same.
    }
    least = Math.min(least, elapsed() / (text.length / 1024));
  }
  return least;
}
