// A list of any length of which only the rows in sight exist: its scroll bar, its keys and its pointer.
import { el } from '../host.ts';
import { rowAt } from './row.ts';
import {
  afterKey,
  emptyViewport,
  isScaled,
  layoutOf,
  movedTo,
  type Sizes,
  scrolledTo,
  settled,
  type Viewport,
  withCurrent,
} from './viewport.ts';

export interface Scroller {
  readonly element: HTMLElement;
  readonly view: Viewport;
  /** Draws in the next frame, with what the change makes of the viewport; the same viewport when there is none. */
  update(change?: (view: Viewport, sizes: Sizes) => Viewport): void;
}

interface Options {
  label: string;
  /** Where the rows stand; it is moved to the place of the first one. */
  rows: HTMLElement;
  /** Called in each frame with a change: the rows from `from` to one before `to` are to be in sight. */
  draw(view: Viewport, from: number, to: number): void;
  /** Another row was chosen. */
  chosen(before: number | undefined, current: number | undefined): void;
  /** Enter, or a double click. */
  open(row: number, by: 'key' | 'pointer'): void;
}

/** An empty list that follows its end. The element is to be put into the page by the caller; it throws nothing. */
export function createScroller({ label, rows, draw, chosen, open }: Options): Scroller {
  const area = el('div', { class: 'space' });
  const element = el('div', { class: 'lines', tabindex: '0', role: 'list', 'aria-label': label }, area, rows);
  let view = emptyViewport;
  let scheduled = false;
  /** Where we scrolled to ourselves. */
  let expected = 0;

  function drawNow(): void {
    scheduled = false;
    const sizes = sizesOf(element);
    view = settled(view, sizes);
    const layout = layoutOf(view, sizes);
    area.style.height = `${layout.area}px`;
    if (Math.abs(element.scrollTop - layout.scrollTop) > 1) {
      element.scrollTop = layout.scrollTop;
    }
    // The browser may have rounded it.
    expected = element.scrollTop;
    rows.style.transform = `translateY(${expected + layout.offset}px)`;
    draw(view, layout.from, layout.to);
  }

  function update(change: (view: Viewport, sizes: Sizes) => Viewport = (same) => same): void {
    const before = view.current;
    view = change(view, sizesOf(element));
    if (view.current !== before) {
      chosen(before, view.current);
      if (view.current !== undefined) {
        element.setAttribute('aria-activedescendant', `row${view.current}`);
      }
    }
    if (!scheduled) {
      scheduled = true;
      requestAnimationFrame(drawNow);
    }
  }

  const isExpected = () => Math.abs(element.scrollTop - expected) <= 1;
  listen(element, { update, isExpected, view: () => view, open });
  new ResizeObserver(() => update()).observe(element);
  return {
    element,
    get view() {
      return view;
    },
    update,
  };
}

interface Input extends Pick<Scroller, 'update'>, Pick<Options, 'open'> {
  view(): Viewport;
  /** Whether the list is scrolled to where it scrolled itself. */
  isExpected(): boolean;
}

function listen(element: HTMLElement, { update, isExpected, view, open }: Input): void {
  const onScroll = () => {
    if (!isExpected()) {
      update((now, sizes) => scrolledTo(now, sizes, element.scrollTop));
    }
  };
  const onWheel = (event: WheelEvent) => {
    // One pixel of a scaled area is many rows: the wheel moves rows all the same.
    if (isScaled(view(), sizesOf(element)) && !event.ctrlKey && !event.shiftKey && event.deltaY !== 0) {
      event.preventDefault();
      const inRows = event.deltaMode === WheelEvent.DOM_DELTA_LINE;
      update((now, sizes) => movedTo(now, sizes, now.top + (inRows ? event.deltaY : event.deltaY / sizes.row)));
    }
  };
  element.addEventListener('scroll', onScroll, { passive: true });
  element.addEventListener('wheel', onWheel, { passive: false });
  element.addEventListener('mousedown', ({ target }) => {
    const row = rowAt(target);
    if (row !== undefined) {
      update((now) => withCurrent(now, row));
    }
  });
  element.addEventListener('dblclick', ({ target }) => {
    const row = rowAt(target);
    if (row !== undefined) {
      open(row, 'pointer');
    }
  });
  element.addEventListener('keydown', (event) => {
    const { current } = view();
    const next = event.altKey ? undefined : afterKey(view(), sizesOf(element), event.key);
    if (next) {
      update(() => next);
      event.preventDefault();
    } else if (event.key === 'Enter' && current !== undefined) {
      open(current, 'key');
      event.preventDefault();
    }
  });
}

function sizesOf(element: HTMLElement): Sizes {
  const row = Number.parseFloat(getComputedStyle(element).getPropertyValue('--row')) || 19;
  return { height: element.clientHeight, row };
}
