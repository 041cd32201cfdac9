// Lines of one or several sources, brought into order, kept, filtered, and told of by rows: what a page of logs shows.
import { t } from '../l10n.ts';
import type { LogLine } from './lines.ts';
import { createLogList, everything, type LogFilter } from './list.ts';
import type { LogCounts, LogRow } from './messages.ts';
import { createLogStore } from './store.ts';

/** What one page keeps: a million lines of average length take some 120 MB. */
const limits = { lines: 1_000_000, characters: 128_000_000 };
/** Characters of a line in the list; all that was kept of it is shown on its own. */
const rowLength = 1000;
/** Characters of a document: larger ones are not kept in step with extensions by the editor. */
const maxDocument = 20_000_000;
/** Lines that may wait to be ordered by time: many at first, when each source tells of what is old in turn. */
const maxWaiting = { first: 200_000, later: 20_000 };

export interface LogFeed {
  readonly filter: LogFilter;
  /** Takes a line, which has no row before `settle`. A flood settles by itself: it would fill the memory. */
  push(line: LogLine): void;
  /** Puts the lines that wait into order of time, behind those that have rows already. */
  settle(): void;
  /** False until the first `settle` after the beginning or after `clear`. */
  readonly settled: boolean;
  counts(): Omit<LogCounts, 'status' | 'failed'>;
  /** Filters. `top` is the row to stay at the top; gives where it is now, or undefined where all rows kept their numbers. */
  setFilter(filter: LogFilter, top: number): number | undefined;
  /** Forgets all lines. */
  clear(): void;
  rows(from: number, count: number): LogRow[];
  /** The line of a row. */
  lineAt(row: number): LogLine | undefined;
  /** The next row with the text after `row`, or before it, and how many such rows are up to it. */
  nextHit(row: number, back: boolean): { row: number; place: number } | undefined;
  /** The lines that have rows as one text, the last of them where they are too many, with times and sources in front. */
  document(sources: readonly string[], stamps: boolean): string;
}

export function createLogFeed(): LogFeed {
  const store = createLogStore(limits);
  const lines = createLogList(store);
  let filter = everything;
  /** Lines of several sources wait here until they are in order. */
  let waiting: LogLine[] = [];
  let settled = false;
  /** Changes when rows get other numbers. */
  let version = 0;
  let cleared = 0;
  let dropped = 0;

  function order(): void {
    for (const line of inOrder(waiting)) {
      store.push(line);
    }
    waiting = [];
    lines.update();
    dropped = store.first - cleared;
  }

  const lineAt = (row: number) => store.get(lines.lineOf(row));

  return {
    get filter() {
      return filter;
    },
    get settled() {
      return settled;
    },
    push(line) {
      waiting.push(line);
      if (waiting.length > (settled ? maxWaiting.later : maxWaiting.first)) {
        order();
      }
    },
    settle() {
      order();
      settled = true;
    },
    counts() {
      const { first, end, hits } = lines;
      return { version, first, end, dropped, hits };
    },
    setFilter(next, top) {
      const line = lines.lineOf(top);
      const same = sameRows(filter, next);
      filter = next;
      lines.setFilter(next);
      if (same) {
        return undefined;
      }
      version += 1;
      return lines.rowOf(line);
    },
    clear() {
      waiting = [];
      settled = false;
      store.clear();
      cleared = store.end;
      dropped = 0;
      version += 1;
      lines.setFilter(filter);
    },
    rows(from, count) {
      const rows: LogRow[] = [];
      for (let row = Math.max(from, lines.first); row < Math.min(from + count, lines.end); row += 1) {
        const line = lineAt(row);
        if (line) {
          rows.push(rowOf(row, line));
        }
      }
      return rows;
    },
    lineAt,
    nextHit(row, back) {
      const next = lines.nextHit(row, back);
      return next === undefined ? undefined : { row: next, place: lines.hitsUpTo(next) };
    },
    document(sources, stamps) {
      const parts: string[] = [];
      let length = 0;
      let row = lines.end - 1;
      for (; row >= lines.first && length < maxDocument; row -= 1) {
        const line = lineAt(row);
        if (line) {
          const text = textOf(line, sources, stamps);
          parts.push(text);
          length += text.length + 1;
        }
      }
      const missing = row + 1;
      const head = missing > 0 ? [t('({0} older lines are not in this document.)', missing)] : [];
      return [...head, ...parts.reverse(), ''].join('\n');
    },
  };
}

/** By time; lines of one source stay in the order in which they came, since the sort is a stable one. */
function inOrder(lines: LogLine[]): LogLine[] {
  return lines.sort((a, b) => (a.source === b.source || a.stamp === b.stamp ? 0 : a.stamp < b.stamp ? -1 : 1));
}

/** Whether two filters leave the same rows: what is only searched for marks places and hides nothing. */
function sameRows(one: LogFilter, other: LogFilter): boolean {
  const needed = ({ only, text }: LogFilter) => (only ? text : '');
  return (
    one.level === other.level &&
    `${one.hidden}` === `${other.hidden}` &&
    needed(one) === needed(other) &&
    one.exact === other.exact
  );
}

function rowOf(row: number, { text, colored, cut, source, stamp, level }: LogLine): LogRow {
  const whole = colored ?? text;
  const shown = whole.length > rowLength ? whole.slice(0, rowLength) : whole;
  const more = cut > 0 || shown.length < whole.length;
  return { row, source, stamp, text: shown, colored: colored !== undefined, level, more };
}

function textOf({ text, cut, stamp, source }: LogLine, sources: readonly string[], stamps: boolean): string {
  const more = cut > 0 ? ` … ${t('{0} more characters were cut off.', cut)}` : '';
  const name = sources.length > 1 ? `${sources[source]}  ` : '';
  return `${stamps && stamp ? `${stamp}  ` : ''}${name}${text}${more}`;
}
