// What the page of logs and the extension tell each other. Types, and the check of what comes from the page.

import { fields, list, number, text } from '../untyped.ts';
import { type Level, levels } from './lines.ts';
import type { LogFilter } from './list.ts';

/** How far back the logs go. */
export const ranges = ['last1000', 'last10000', 'all', 'minutes15', 'hour', 'day'] as const;
export type LogRange = (typeof ranges)[number];

export interface LogPage {
  kind: 'logs' | 'events';
  /** Names of the containers, or of the kinds of events. */
  sources: string[];
  filter: LogFilter;
  stamps: boolean;
  /** Absent where there is no choice. */
  range?: LogRange;
  counts: LogCounts;
}

export interface LogCounts {
  /** Changes when rows get other numbers; then everything that was kept of rows is of no use. */
  version: number;
  first: number;
  end: number;
  /** Lines that were dropped because there were too many. */
  dropped: number;
  hits: number;
  /** What is going on, in one sentence each. */
  status: string[];
  /** The status tells of a failure. */
  failed: boolean;
}

export interface LogRow {
  row: number;
  source: number;
  stamp: string;
  /** With escapes for its colours when `colored`. */
  text: string;
  colored: boolean;
  level: Level;
  /** There is more of it than is shown in the list. */
  more: boolean;
}

/** To the page. */
export type LogNews =
  | { type: 'counts'; counts: LogCounts; top?: number }
  | { type: 'rows'; version: number; rows: LogRow[] }
  | { type: 'hit'; version: number; row: number; place: number }
  | { type: 'line'; text: string; colored: boolean; cut: number; stamp: string; source: number };

/** From the page. */
export type LogWish =
  /** Rows that are in sight. */
  | { type: 'rows'; from: number; count: number }
  /** `top` is the row at the top, to be kept there. */
  | { type: 'filter'; filter: LogFilter; top: number }
  | { type: 'stamps'; on: boolean }
  | { type: 'range'; range: LogRange }
  | { type: 'next'; row: number; back: boolean }
  | { type: 'line'; row: number }
  | { type: 'document' }
  | { type: 'clear' };

/** Rows that a page may ask for at once. */
const maxRows = 2000;

export function readLogWish(message: unknown): LogWish | undefined {
  const raw = fields(message);
  const row = Math.max(0, Math.floor(number(raw.row)));
  switch (raw.type) {
    case 'rows':
      return {
        type: 'rows',
        from: Math.max(0, Math.floor(number(raw.from))),
        count: Math.min(maxRows, Math.max(0, Math.floor(number(raw.count)))),
      };
    case 'filter':
      return { type: 'filter', filter: readFilter(raw.filter), top: Math.max(0, Math.floor(number(raw.top))) };
    case 'stamps':
      return { type: 'stamps', on: raw.on === true };
    case 'range': {
      const range = ranges.find((each) => each === raw.range);
      return range && { type: 'range', range };
    }
    case 'next':
      return { type: 'next', row, back: raw.back === true };
    case 'line':
      return { type: 'line', row };
    case 'document':
    case 'clear':
      return { type: raw.type };
    default:
      return undefined;
  }
}

function readFilter(value: unknown): LogFilter {
  const raw = fields(value);
  return {
    text: text(raw.text).slice(0, 1000),
    exact: raw.exact === true,
    only: raw.only === true,
    level: levels.find((each) => each === raw.level) ?? 'none',
    hidden: list(raw.hidden).filter((each): each is number => typeof each === 'number'),
  };
}
