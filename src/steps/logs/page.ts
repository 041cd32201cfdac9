// A page of lines that come and come: what it is told of them, and what it asks for.
import type { App } from '../../app/index.ts';
import { createLogFeed } from '../../model/logs/feed.ts';
import type { LogLine } from '../../model/logs/lines.ts';
import { type LogNews, type LogPage, type LogRange, type LogWish, readLogWish } from '../../model/logs/messages.ts';
import { takeOver } from '../takeOver.ts';

/** Milliseconds between two messages to the page, and while lines of several sources are brought into order. */
const tick = 80;
/** The same for the first lines of several sources: what is old comes from each in turn, and is sorted by time. */
const firstTick = 600;

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

export function openLogView(app: Pick<App, 'ui'>, options: LogViewOptions): LogView {
  const { signal, end: close } = takeOver(options.id);
  const feed = createLogFeed();
  const { sources, kind } = options;
  let { stamps, range } = options;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const panel = app.ui.panel({
    id: options.id,
    title: options.title,
    script: 'logs',
    style: 'logs',
    data: pageNow(),
    async onMessage(message) {
      const wish = readLogWish(message);
      if (wish) {
        await grant(wish);
      }
    },
  });
  panel.onClosed(close);
  signal.addEventListener('abort', () => clearTimeout(timer));

  function countsNow() {
    return { ...feed.counts(), ...options.status() };
  }

  function pageNow(): LogPage {
    return { kind, sources, filter: feed.filter, stamps, ...(range && { range }), counts: countsNow() };
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
        feed.settle();
        panel.keep(pageNow());
        tell({ type: 'counts', counts: countsNow() });
      },
      feed.settled || sources.length === 1 ? tick : firstTick,
    );
  }

  function clear(): void {
    feed.clear();
    later();
  }

  async function grant(wish: LogWish): Promise<void> {
    const { version } = feed.counts();
    switch (wish.type) {
      case 'rows':
        return tell({ type: 'rows', version, rows: feed.rows(wish.from, wish.count) });
      case 'filter': {
        const top = feed.setFilter(wish.filter, wish.top);
        panel.keep(pageNow());
        return tell({ type: 'counts', counts: countsNow(), ...(top !== undefined && { top }) });
      }
      case 'stamps':
        stamps = wish.on;
        return panel.keep(pageNow());
      case 'range':
        range = wish.range;
        clear();
        return options.onRange?.(wish.range);
      case 'next': {
        const hit = feed.nextHit(wish.row, wish.back);
        return hit && tell({ type: 'hit', version, ...hit });
      }
      case 'line': {
        const line = feed.lineAt(wish.row);
        if (line) {
          const { stamp, source, cut, colored, text } = line;
          tell({ type: 'line', text: colored ?? text, colored: colored !== undefined, cut, stamp, source });
        }
        return;
      }
      case 'document':
        return app.ui.document(`${options.title.replaceAll('/', '∕')}.log`, feed.document(sources, stamps));
      case 'clear':
        return clear();
    }
  }

  return {
    signal,
    push(line) {
      feed.push(line);
      later();
    },
    touch: later,
    clear,
  };
}
