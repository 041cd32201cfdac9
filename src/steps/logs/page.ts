// A page of lines that come and come: what is kept, what is shown of it, and what the page asks for.
import type { App } from '../../app.ts';
import { t } from '../../model/l10n.ts';
import type { LogLine } from '../../model/logs/lines.ts';
import { createLogList, everything, type LogFilter } from '../../model/logs/list.ts';
import {
  type LogCounts,
  type LogNews,
  type LogPage,
  type LogRange,
  type LogRow,
  readLogWish,
} from '../../model/logs/messages.ts';
import { createLogStore } from '../../model/logs/store.ts';
import { takeOver } from '../takeOver.ts';

/** What one page keeps: a million lines of usual length take some 120 MB. */
const limits = { lines: 1_000_000, characters: 128_000_000 };
/** Characters of a line in the list; all that was kept of it is shown on its own. */
const rowLength = 1000;
/** Milliseconds between two messages to the page, and while lines of several sources are brought into order. */
const tick = 80;
/** The same for the first lines of several sources: what is old comes from each in turn, and is sorted by time. */
const firstTick = 600;
/** Characters of a document: larger ones are not kept in step with extensions by the editor. */
const longestDocument = 20_000_000;

export interface LogViewOptions {
  /** One page for each id. */
  id: string;
  title: string;
  kind: LogPage['kind'];
  sources: string[];
  range?: LogRange;
  /** Whether times are shown at first. */
  stamps: boolean;
  /** Asked anew for each message to the page. */
  status(): { status: string[]; failed: boolean };
  onRange?(range: LogRange): void;
}

export interface LogView {
  /** Aborted when the page is closed, or shown anew. */
  readonly signal: AbortSignal;
  push(line: LogLine): void;
  /** The status changed. */
  touch(): void;
  clear(): void;
}

export function openLogView(app: App, options: LogViewOptions): LogView {
  const { signal, end: close } = takeOver(options.id);
  const store = createLogStore(limits);
  const lines = createLogList(store);
  const { sources, kind } = options;
  let filter = everything;
  let { stamps } = options;
  let { range } = options;
  let version = 0;
  let dropped = 0;
  let cleared = 0;
  let settled = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Lines of several sources wait here until they are in order. */
  let waiting: LogLine[] = [];

  const panel = app.ui.panel({
    id: options.id,
    title: options.title,
    script: 'logs',
    style: 'logs',
    data: pageNow(),
    onMessage: hear,
  });
  panel.onClosed(close);
  signal.addEventListener('abort', () => clearTimeout(timer));

  function pageNow(): LogPage {
    return { kind, sources, filter, stamps, ...(range && { range }), counts: countsNow() };
  }

  function countsNow(): LogCounts {
    const { first, end, hits } = lines;
    return { version, first, end, dropped, hits, ...options.status() };
  }

  function tell(news: LogNews): void {
    panel.post(news);
  }

  function later(): void {
    if (signal.aborted) {
      return;
    }
    timer ??= setTimeout(
      () => {
        timer = undefined;
        settled = true;
        settle();
        panel.keep(pageNow());
        tell({ type: 'counts', counts: countsNow() });
      },
      settled || sources.length === 1 ? tick : firstTick,
    );
  }

  function settle(): void {
    // A stable sort: lines of one source stay in the order in which they came.
    waiting.sort((a, b) => (a.source === b.source || a.stamp === b.stamp ? 0 : a.stamp < b.stamp ? -1 : 1));
    for (const line of waiting) {
      store.push(line);
    }
    waiting = [];
    lines.update();
    dropped = store.first - cleared;
  }

  async function hear(message: unknown): Promise<void> {
    const wish = readLogWish(message);
    switch (wish?.type) {
      case 'rows':
        return tell({ type: 'rows', version, rows: rowsFrom(wish.from, wish.count) });
      case 'filter':
        return setFilter(wish.filter, wish.top);
      case 'stamps':
        stamps = wish.on;
        return panel.keep(pageNow());
      case 'range':
        range = wish.range;
        clear();
        return options.onRange?.(wish.range);
      case 'next': {
        const row = lines.nextHit(wish.row, wish.back);
        return row === undefined ? undefined : tell({ type: 'hit', version, row, place: lines.hitsUpTo(row) });
      }
      case 'line': {
        const line = store.get(lines.lineOf(wish.row));
        if (line) {
          const { stamp, source, cut, colored, text } = line;
          tell({ type: 'line', text: colored ?? text, colored: colored !== undefined, cut, stamp, source });
        }
        return;
      }
      case 'document':
        return app.ui.document(`${options.title.replaceAll('/', '∕')}.log`, documentText());
      case 'clear':
        return clear();
      case undefined:
    }
  }

  function setFilter(next: LogFilter, top: number): void {
    const line = lines.lineOf(top);
    const same =
      next.level === filter.level &&
      `${next.hidden}` === `${filter.hidden}` &&
      (next.only && next.text !== '' ? next.text : '') === (filter.only && filter.text !== '' ? filter.text : '') &&
      next.exact === filter.exact;
    filter = next;
    lines.setFilter(next);
    if (!same) {
      version += 1;
    }
    panel.keep(pageNow());
    tell({ type: 'counts', counts: countsNow(), ...(!same && { top: lines.rowOf(line) }) });
  }

  function rowsFrom(from: number, count: number): LogRow[] {
    const rows: LogRow[] = [];
    for (let row = Math.max(from, lines.first); row < Math.min(from + count, lines.end); row += 1) {
      const line = store.get(lines.lineOf(row));
      if (line) {
        const { source, stamp, level, cut } = line;
        const text = line.colored ?? line.text;
        const shown = text.length > rowLength ? text.slice(0, rowLength) : text;
        const more = cut > 0 || shown.length < text.length;
        rows.push({ row, source, stamp, text: shown, colored: line.colored !== undefined, level, more });
      }
    }
    return rows;
  }

  function documentText(): string {
    const parts: string[] = [];
    let length = 0;
    let row = lines.end - 1;
    for (; row >= lines.first && length < longestDocument; row -= 1) {
      const line = store.get(lines.lineOf(row));
      if (line) {
        const cut = line.cut > 0 ? ` … ${t('{0} more characters were cut off.', line.cut)}` : '';
        const name = sources.length > 1 ? `${sources[line.source]}  ` : '';
        const text = `${stamps && line.stamp ? `${line.stamp}  ` : ''}${name}${line.text}${cut}`;
        parts.push(text);
        length += text.length + 1;
      }
    }
    const missing = row + 1;
    const head = missing > 0 ? [t('({0} older lines are not in this document.)', missing)] : [];
    return [...head, ...parts.reverse(), ''].join('\n');
  }

  function clear(): void {
    waiting = [];
    settled = false;
    store.clear();
    cleared = store.end;
    dropped = 0;
    version += 1;
    lines.setFilter(filter);
    later();
  }

  return {
    signal,
    push(line) {
      waiting.push(line);
      // A flood is not kept waiting: it would fill the memory.
      if (waiting.length > (settled ? 20_000 : 200_000)) {
        settle();
      }
      later();
    },
    touch: later,
    clear,
  };
}
