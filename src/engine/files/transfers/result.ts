// What a transfer comes to: counts, and names of what was left out.
import type { SkipReason, Transferred } from '../types.ts';

/** Names that were left out and are kept for the report. */
const maxSkipped = 1_000;

export function emptyResult(): Transferred {
  return { files: 0, bytes: 0, skipped: [], skippedCount: 0 };
}

/** Notes what was left out: all are counted, the first thousand are named. */
export function skip(result: Transferred, name: string, reason: SkipReason): void {
  result.skippedCount++;
  if (result.skipped.length < maxSkipped) {
    result.skipped.push({ name: name.slice(0, 4096).replace(/^\.\//, ''), reason });
  }
}
