// The rows of a log that the page has, and which it is to ask for.
import type { LogRow } from '../../model/logs/messages.ts';

/** Rows that are asked for above and below those in sight. */
const ahead = 60;
/** Rows that are kept above and below those in sight. */
const around = 2000;

export interface RowCache {
  get(row: number): LogRow | undefined;
  /** Takes in rows that came; those far from `top` are let go when there are many. */
  take(rows: readonly LogRow[], top: number): void;
  /**
   * What to ask for when the rows from `from` to one before `to` are in sight: undefined when all of them are there, or
   * when the same was asked already and is under way. `first` is the first row there is.
   */
  request(first: number, from: number, to: number): { from: number; count: number } | undefined;
  /** Forgets all rows, and what is under way. */
  clear(): void;
}

/** An empty cache. It asks for nothing itself. */
export function createRowCache(): RowCache {
  const known = new Map<number, LogRow>();
  let asked: { from: number; to: number } | undefined;
  return {
    get: (row) => known.get(row),
    take(rows, top) {
      asked = undefined;
      for (const row of rows) {
        known.set(row.row, row);
      }
      if (known.size > 2 * around) {
        for (const row of known.keys()) {
          if (Math.abs(row - top) > around) {
            known.delete(row);
          }
        }
      }
    },
    request(first, from, to) {
      let row = from;
      while (row < to && known.has(row)) {
        row += 1;
      }
      const start = Math.max(first, from - ahead);
      if (row >= to || (asked?.from === start && asked.to === to)) {
        return undefined;
      }
      asked = { from: start, to };
      return { from: start, count: to + ahead - start };
    },
    clear() {
      known.clear();
      asked = undefined;
    },
  };
}
