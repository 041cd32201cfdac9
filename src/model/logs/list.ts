// The rows of a log that a filter leaves, and the places in them that a search finds, kept while lines come and go.
import type { Level } from './lines.ts';
import type { LineFilter, LogStore } from './store.ts';

export interface LogFilter {
  /** What is searched for. */
  text: string;
  exact: boolean;
  /** Show only lines that hold the text. */
  only: boolean;
  level: Level;
  /** Sources that are not shown. */
  hidden: readonly number[];
}

export const everything: LogFilter = { text: '', exact: false, only: false, level: 'none', hidden: [] };

/** Rows are counted from the beginning, also those that were dropped: a row keeps its number as long as the filter stays. */
export interface LogList {
  readonly first: number;
  /** One more than the number of the last row. */
  readonly end: number;
  /** Lines that hold the text; 0 without one. */
  readonly hits: number;
  setFilter(filter: LogFilter): void;
  /** Takes in what came to the store, or was dropped there. */
  update(): void;
  /** The number of the line in a row, in the store. */
  lineOf(row: number): number;
  /** The row of a line, or of the next one that is shown. */
  rowOf(line: number): number;
  /** The next row with the text after `row` (or before it), going round; undefined when there is none. */
  nextHit(row: number, back: boolean): number | undefined;
  /** How many hits are up to a row, that row included. */
  hitsUpTo(row: number): number;
}

export function createLogList(store: LogStore): LogList {
  let filter = everything;
  /** Undefined while every line is a row. */
  let rows: Numbers | undefined;
  let hits: Numbers | undefined;
  /** Lines up to here have been looked at. */
  let seen = store.first;

  function lineFilter(text: string): LineFilter {
    const { exact, level, hidden } = filter;
    return { text, exact, level, hidden: new Set(hidden) };
  }

  function update(): void {
    const from = Math.max(seen, store.first);
    rows?.add(store.find(lineFilter(filter.only ? filter.text : ''), from));
    if (hits && hits !== rows) {
      hits.add(store.find(lineFilter(filter.text), from));
    }
    seen = store.end;
    rows?.dropBelow(store.first);
    hits?.dropBelow(store.first);
  }

  const first = () => (rows ? rows.gone : store.first);
  const rowOf = (line: number) => (rows ? rows.lowerBound(line) : Math.max(store.first, line));
  const lineOf = (row: number) => (rows ? (rows.at(row) ?? store.end) : row);

  return {
    get first() {
      return first();
    },
    get end() {
      return rows ? rows.end : store.end;
    },
    get hits() {
      return hits ? hits.end - hits.gone : 0;
    },
    setFilter(next) {
      filter = next;
      const { text, only, level, hidden } = next;
      rows = (only && text !== '') || level !== 'none' || hidden.length > 0 ? createNumbers() : undefined;
      hits = text === '' ? undefined : only ? rows : createNumbers();
      seen = store.first;
      update();
    },
    update,
    lineOf,
    rowOf,
    nextHit(row, back) {
      if (!hits || hits.end === hits.gone) {
        return undefined;
      }
      const at = hits.lowerBound(lineOf(row));
      const next = back ? at - 1 : hits.at(at) === lineOf(row) ? at + 1 : at;
      const round = next < hits.gone ? hits.end - 1 : next >= hits.end ? hits.gone : next;
      const line = hits.at(round);
      return line === undefined ? undefined : rowOf(line);
    },
    hitsUpTo(row) {
      return hits ? hits.lowerBound(lineOf(row) + 1) - hits.gone : 0;
    },
  };
}

/** Growing numbers whose smallest are dropped; places are counted from the very first on. */
interface Numbers {
  /** How many were dropped. */
  readonly gone: number;
  readonly end: number;
  at(place: number): number | undefined;
  add(more: readonly number[]): void;
  dropBelow(least: number): void;
  /** The place of the first number that is not below `value`. */
  lowerBound(value: number): number;
}

function createNumbers(): Numbers {
  let values: number[] = [];
  /** Dropped from `values` already, and dropped but still in it. */
  let removed = 0;
  let skipped = 0;

  function lowerBound(value: number): number {
    let low = skipped;
    let high = values.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[middle] ?? 0) < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  return {
    get gone() {
      return removed + skipped;
    },
    get end() {
      return removed + values.length;
    },
    at: (place) => (place < removed + skipped ? undefined : values[place - removed]),
    add(more) {
      for (const value of more) {
        values.push(value);
      }
    },
    dropBelow(least) {
      skipped = lowerBound(least);
      // Not at every line: moving a long list takes its time.
      if (skipped > 10_000 && skipped > values.length / 4) {
        values = values.slice(skipped);
        removed += skipped;
        skipped = 0;
      }
    },
    lowerBound: (value) => removed + lowerBound(value),
  };
}
