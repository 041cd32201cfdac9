// The list of log lines: rows are asked for as they come into sight.
import type { LogCounts, LogRow } from '../../model/logs/messages.ts';
import { el } from '../host.ts';
import { createDrawnRows } from './drawnRows.ts';
import type { Search } from './pieces.ts';
import { type RowLook, rowElement } from './row.ts';
import { createRowCache } from './rowCache.ts';
import { createScroller } from './scroller.ts';
import { jumpedTo, withRows } from './viewport.ts';

export interface LogLines {
  readonly element: HTMLElement;
  /** The row at the top, and the one that was chosen. */
  readonly top: number;
  readonly current: number | undefined;
  /** Takes the rows there are now; `top` is the one that is to stand at the top. */
  update(counts: LogCounts, top?: number): void;
  /** Takes rows that were asked for; those of another version are of no use any more. */
  take(version: number, rows: readonly LogRow[]): void;
  /** Marks what is searched for. */
  highlight(search: Search): void;
  showStamps(on: boolean): void;
  follow(on: boolean): void;
  goTo(row: number): void;
  /** To be called when there is more or less room for it. */
  resize(): void;
}

interface Options {
  label: string;
  /** Names before the lines; none for a single source. */
  sources: readonly string[];
  /** Asks for rows, which come by `take`. */
  want(from: number, count: number): void;
  /** The row is to be shown whole. */
  open(row: number): void;
  moved(top: number, follow: boolean): void;
}

/** An empty list, which asks for rows once `update` has said how many there are. */
export function createLogLines({ label, sources, want, open, moved }: Options): LogLines {
  const cache = createRowCache();
  let look: RowLook = { sources, search: { text: '', exact: false } };
  let version = -1;
  const rows = createDrawnRows(el('div', { class: 'window' }), (row) =>
    rowElement(row, cache.get(row), scroller.view, look),
  );
  const scroller = createScroller({
    label,
    rows: rows.element,
    draw({ first, top, following }, from, to) {
      rows.draw(from, to, (row) => cache.get(row) !== undefined);
      const request = cache.request(first, from, to);
      if (request) {
        want(request.from, request.count);
      }
      moved(top, following);
    },
    chosen: rows.choose,
    open(row, by) {
      if (by === 'key' || cache.get(row)?.more) {
        open(row);
      }
    },
  });
  return {
    element: scroller.element,
    get top() {
      return Math.floor(scroller.view.top);
    },
    get current() {
      return scroller.view.current;
    },
    update(counts, top) {
      if (counts.version !== version) {
        version = counts.version;
        cache.clear();
        rows.clear();
        scroller.update((view) => ({ ...view, current: undefined }));
      }
      scroller.update((view, sizes) => withRows(view, counts, sizes, top));
    },
    take(forVersion, more) {
      if (forVersion === version) {
        cache.take(more, scroller.view.top);
        scroller.update();
      }
    },
    highlight(search) {
      look = { sources, search };
      rows.clear();
      scroller.update();
    },
    showStamps: (on) => scroller.element.classList.toggle('stamps', on),
    follow: (on) => scroller.update((view) => ({ ...view, following: on })),
    goTo: (row) => scroller.update((view, sizes) => jumpedTo(view, sizes, row)),
    resize: () => scroller.update(),
  };
}
