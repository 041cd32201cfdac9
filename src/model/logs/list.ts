// The rows of a log that a filter leaves, and the places in them that a search finds, kept while lines come and go.
import type { Level } from './lines.ts';
import { createNumbers, type Numbers, nextOf } from './numbers.ts';
import type { LineFilter } from './sealedPages.ts';
import type { LogStore } from './store.ts';

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

/** The rows of all lines in the store, until a filter is set. It throws nothing. */
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
      const line = hits && nextOf(hits, lineOf(row), back);
      return line === undefined ? undefined : rowOf(line);
    },
    hitsUpTo(row) {
      return hits ? hits.lowerBound(lineOf(row) + 1) - hits.gone : 0;
    },
  };
}
