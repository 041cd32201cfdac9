// A list of any length of which only the rows in sight exist.
import { t } from '../../model/l10n.ts';
import type { LogCounts, LogRow } from '../../model/logs/messages.ts';
import { el } from '../host.ts';
import { styledText, timeOf } from './highlight.ts';

/** Pixels of the scrolled area at most: browsers lay out no higher ones. */
const highest = 8_000_000;
/** Rows that are asked for above and below those in sight, and that are kept around them. */
const ahead = 60;
const around = 2000;

export interface LogLines {
  readonly element: HTMLElement;
  /** The row at the top, and the one that was chosen. */
  readonly top: number;
  readonly current: number | undefined;
  update(counts: LogCounts, top?: number): void;
  take(version: number, rows: readonly LogRow[]): void;
  highlight(text: string, exact: boolean): void;
  showStamps(on: boolean): void;
  follow(on: boolean): void;
  goTo(row: number): void;
  resize(): void;
}

interface Options {
  label: string;
  /** Names before the lines; none for a single source. */
  sources: readonly string[];
  want(from: number, count: number): void;
  /** The row is to be shown whole. */
  open(row: number): void;
  moved(top: number, follow: boolean): void;
}

export function createLogLines({ label, sources, want, open, moved }: Options): LogLines {
  const space = el('div', { class: 'space' });
  const view = el('div', { class: 'window' });
  const element = el('div', { class: 'lines', tabindex: '0', role: 'list', 'aria-label': label }, space, view);
  const known = new Map<number, LogRow>();
  /** What is drawn, by row. */
  const drawn = new Map<number, HTMLElement>();
  let version = -1;
  let first = 0;
  let end = 0;
  let top = 0;
  let current: number | undefined;
  let following = true;
  let wanted = '';
  let exact = false;
  let asked = '';
  let scheduled = false;
  /** Where we scrolled to ourselves. */
  let expected = 0;

  const rowHeight = () => Number.parseFloat(getComputedStyle(element).getPropertyValue('--row')) || 19;
  const inSight = () => element.clientHeight / rowHeight();
  const lastTop = () => Math.max(first, end - Math.floor(inSight()));
  const height = () => Math.min(highest, Math.max(0, end - first) * rowHeight());
  const scaled = () => (end - first) * rowHeight() > highest;

  function later(): void {
    if (!scheduled) {
      scheduled = true;
      requestAnimationFrame(() => {
        scheduled = false;
        draw();
      });
    }
  }

  function draw(): void {
    top = following ? lastTop() : Math.min(Math.max(first, top), lastTop());
    const pixels = height();
    space.style.height = `${pixels}px`;
    const room = Math.max(1, pixels - element.clientHeight);
    const way = Math.max(1, lastTop() - first);
    const place = scaled() ? ((top - first) / way) * room : (top - first) * rowHeight();
    if (Math.abs(element.scrollTop - place) > 1) {
      element.scrollTop = place;
    }
    expected = element.scrollTop;
    const from = Math.floor(top);
    // Part of a row above the upper edge, where the pixels allow it; at the lower end the last row is whole.
    const shift = following && !scaled() ? Math.min(0, element.clientHeight - (end - from) * rowHeight()) : 0;
    view.style.transform = `translateY(${expected + (following ? shift : (from - top) * rowHeight())}px)`;
    const to = Math.min(end, from + Math.ceil(inSight()) + 1);
    for (const [row, old] of drawn) {
      if (row < from || row >= to) {
        old.remove();
        drawn.delete(row);
      }
    }
    let missing = false;
    let before: Element | null = null;
    for (let row = from; row < to; row += 1) {
      const line = known.get(row);
      let drawnRow = drawn.get(row);
      if (!drawnRow || (line && drawnRow.classList.contains('missing'))) {
        const fresh = rowElement(row, line);
        if (drawnRow) {
          drawnRow.replaceWith(fresh);
        } else {
          view.insertBefore(fresh, before ? before.nextSibling : view.firstChild);
        }
        drawn.set(row, fresh);
        drawnRow = fresh;
      }
      missing ||= !line;
      before = drawnRow;
    }
    if (missing) {
      ask(from, to);
    }
    moved(top, following);
  }

  function ask(from: number, to: number): void {
    const start = Math.max(first, from - ahead);
    const question = `${version} ${start} ${to}`;
    if (question !== asked) {
      asked = question;
      want(start, to + ahead - start);
    }
  }

  function rowElement(row: number, line: LogRow | undefined): HTMLElement {
    const attributes = {
      id: `row${row}`,
      role: 'listitem',
      'aria-setsize': String(end - first),
      'aria-posinset': String(row - first + 1),
      class: `row level-${line?.level ?? 'none'}${line ? '' : ' missing'}${row === current ? ' current' : ''}`,
    };
    if (!line) {
      return el('div', attributes, '…');
    }
    const text = el('span', { class: 'text' });
    styledText(text, line.text, line.colored, wanted, exact);
    const time = el('time', { title: line.stamp }, timeOf(line.stamp));
    const name = sources[line.source];
    const source = name === undefined ? undefined : el('span', { class: `name source${line.source % 8}` }, name);
    const more = line.more
      ? el('span', { class: 'more', title: t('Press Enter to see the whole line') }, '…')
      : undefined;
    return el('div', attributes, time, source, text, more);
  }

  function choose(row: number): void {
    if (current !== undefined) {
      drawn.get(current)?.classList.remove('current');
    }
    current = Math.min(Math.max(first, row), end - 1);
    drawn.get(current)?.classList.add('current');
    element.setAttribute('aria-activedescendant', `row${current}`);
  }

  /** Brings a row into sight. */
  function show(row: number): void {
    const rows = Math.floor(inSight());
    if (row < top) {
      move(row);
    } else if (row >= Math.floor(top) + rows) {
      move(row - rows + 1);
    }
  }

  function move(to: number): void {
    top = Math.min(Math.max(first, to), lastTop());
    following = top >= lastTop();
    later();
  }

  element.addEventListener(
    'scroll',
    () => {
      if (Math.abs(element.scrollTop - expected) <= 1) {
        return;
      }
      const room = Math.max(1, height() - element.clientHeight);
      const rows = scaled() ? (element.scrollTop / room) * (lastTop() - first) : element.scrollTop / rowHeight();
      top = first + rows;
      following = element.scrollTop >= room - 2;
      later();
    },
    { passive: true },
  );
  element.addEventListener(
    'wheel',
    (event) => {
      // One pixel of a scaled area is many rows: the wheel moves rows all the same.
      if (scaled() && !event.ctrlKey && !event.shiftKey && event.deltaY !== 0) {
        event.preventDefault();
        move(top + (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY : event.deltaY / rowHeight()));
      }
    },
    { passive: false },
  );
  element.addEventListener('mousedown', ({ target }) => {
    const row = rowOf(target);
    if (row !== undefined) {
      choose(row);
    }
  });
  element.addEventListener('dblclick', ({ target }) => {
    const row = rowOf(target);
    if (row !== undefined && known.get(row)?.more) {
      open(row);
    }
  });
  element.addEventListener('keydown', (event) => {
    const at = current ?? Math.floor(top);
    const rows = Math.max(1, Math.floor(inSight()) - 1);
    const target: Record<string, number> = {
      ArrowUp: at - 1,
      ArrowDown: at + 1,
      PageUp: at - rows,
      PageDown: at + rows,
      Home: first,
      End: end - 1,
    };
    const to = target[event.key];
    if (to !== undefined && !event.altKey) {
      choose(to);
      show(current ?? first);
      if (event.key === 'End') {
        following = true;
        later();
      }
      event.preventDefault();
    } else if (event.key === 'Enter' && current !== undefined) {
      open(current);
      event.preventDefault();
    }
  });
  new ResizeObserver(later).observe(element);

  function rowOf(target: EventTarget | null): number | undefined {
    const id = target instanceof Element ? target.closest('.row')?.id : undefined;
    return id === undefined ? undefined : Number(id.slice('row'.length));
  }

  function forget(): void {
    known.clear();
    for (const old of drawn.values()) {
      old.remove();
    }
    drawn.clear();
    asked = '';
  }

  return {
    element,
    get top() {
      return Math.floor(top);
    },
    get current() {
      return current;
    },
    update(counts, to) {
      if (counts.version !== version) {
        version = counts.version;
        current = undefined;
        forget();
      }
      ({ first, end } = counts);
      if (to !== undefined && !following) {
        top = to;
      } else if (to !== undefined && to < lastTop()) {
        top = to;
        following = false;
      }
      later();
    },
    take(forVersion, rows) {
      if (forVersion !== version) {
        return;
      }
      asked = '';
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
      later();
    },
    highlight(text, isExact) {
      wanted = text;
      exact = isExact;
      for (const old of drawn.values()) {
        old.remove();
      }
      drawn.clear();
      later();
    },
    showStamps: (on) => element.classList.toggle('stamps', on),
    follow(on) {
      following = on;
      later();
    },
    goTo(row) {
      choose(row);
      const rows = Math.floor(inSight());
      if (row < top || row >= Math.floor(top) + rows) {
        move(row - Math.floor(rows / 2));
      }
      following = false;
      later();
    },
    resize: later,
  };
}
