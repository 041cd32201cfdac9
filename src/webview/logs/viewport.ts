// Which rows of a long list are in sight: what scrolling, keys and new rows do to it, and where things stand for it.
// All of it is numbers, of rows and of pixels; nothing here is drawn.

/** Pixels of the scrolled area at most: browsers lay out no higher ones. Above it one pixel stands for many rows. */
export const maxArea = 8_000_000;

export interface Viewport {
  /** The number of the first row there is, and one more than that of the last. */
  first: number;
  end: number;
  /** The row at the upper edge; with a fraction where part of it is above the edge. */
  top: number;
  /** Stays at the newest row, whatever comes. */
  following: boolean;
  /** The row that was chosen. */
  current: number | undefined;
}

/** Pixels: of the window onto the list, and of one row. */
export interface Sizes {
  height: number;
  row: number;
}

export const emptyViewport: Viewport = { first: 0, end: 0, top: 0, following: true, current: undefined };

export interface Layout {
  /** Pixels: the height of the scrolled area, and how far it is scrolled. */
  area: number;
  scrollTop: number;
  /** The rows that are drawn: from the first to one before `to`. */
  from: number;
  to: number;
  /** Pixels from the upper edge of the window to the first drawn row, which may begin above it. */
  offset: number;
}

/** The rows in sight, and where they stand. */
export function layoutOf(view: Viewport, sizes: Sizes): Layout {
  const { first, end, top, following } = view;
  const area = areaOf(view, sizes);
  const scaled = isScaled(view, sizes);
  const from = Math.floor(top);
  const part = (top - first) / Math.max(1, lastTop(view, sizes) - first);
  // At the lower end the last row is whole, and the first one cut; a scaled area has no pixels for parts of rows.
  const atEnd = scaled ? 0 : Math.min(0, sizes.height - (end - from) * sizes.row);
  return {
    area,
    scrollTop: scaled ? part * roomIn(area, sizes) : (top - first) * sizes.row,
    from,
    to: Math.min(end, from + Math.ceil(sizes.height / sizes.row) + 1),
    offset: following ? atEnd : (from - top) * sizes.row,
  };
}

/** The highest row that can stand at the upper edge. */
export function lastTop({ first, end }: Viewport, sizes: Sizes): number {
  return Math.max(first, end - wholeRows(sizes));
}

/** Whether there are more rows than the area has pixels for. */
export function isScaled({ first, end }: Viewport, { row }: Sizes): boolean {
  return (end - first) * row > maxArea;
}

/** The viewport with its upper edge where it can be: at the end while it follows, and never beyond the rows there are. */
export function settled(view: Viewport, sizes: Sizes): Viewport {
  const last = lastTop(view, sizes);
  return { ...view, top: view.following ? last : Math.min(Math.max(view.first, view.top), last) };
}

/** With other rows. `top` is the row that is to stand at the upper edge; at the end it goes on following. */
export function withRows(view: Viewport, rows: { first: number; end: number }, sizes: Sizes, top?: number): Viewport {
  const next = { ...view, first: rows.first, end: rows.end };
  if (top === undefined) {
    return next;
  }
  if (!view.following) {
    return { ...next, top };
  }
  return top < lastTop(next, sizes) ? { ...next, top, following: false } : next;
}

/** After the person has scrolled the area to this pixel. */
export function scrolledTo(view: Viewport, sizes: Sizes, scrollTop: number): Viewport {
  const room = roomIn(areaOf(view, sizes), sizes);
  const rows = isScaled(view, sizes) ? (scrollTop / room) * (lastTop(view, sizes) - view.first) : scrollTop / sizes.row;
  return { ...view, top: view.first + rows, following: scrollTop >= room - 2 };
}

/** With this row at the upper edge; it follows when that is the end. */
export function movedTo(view: Viewport, sizes: Sizes, row: number): Viewport {
  const last = lastTop(view, sizes);
  const top = Math.min(Math.max(view.first, row), last);
  return { ...view, top, following: top >= last };
}

/** With this row chosen, or the nearest there is. */
export function withCurrent(view: Viewport, row: number): Viewport {
  return { ...view, current: Math.min(Math.max(view.first, row), view.end - 1) };
}

/** Chooses what a key leads to and brings it into sight; undefined for keys that lead nowhere. */
export function afterKey(view: Viewport, sizes: Sizes, key: string): Viewport | undefined {
  const row = rowAfter(view, sizes, key);
  if (row === undefined) {
    return undefined;
  }
  const chosen = withCurrent(view, row);
  const { current = view.first, top } = chosen;
  const rows = wholeRows(sizes);
  const shown =
    current < top
      ? movedTo(chosen, sizes, current)
      : current >= Math.floor(top) + rows
        ? movedTo(chosen, sizes, current - rows + 1)
        : chosen;
  return key === 'End' ? { ...shown, following: true } : shown;
}

/** Chooses a row that was searched for, and stays there; a row out of sight comes to the middle. */
export function jumpedTo(view: Viewport, sizes: Sizes, row: number): Viewport {
  const chosen = withCurrent(view, row);
  const rows = wholeRows(sizes);
  const visible = row >= view.top && row < Math.floor(view.top) + rows;
  return { ...(visible ? chosen : movedTo(chosen, sizes, row - Math.floor(rows / 2))), following: false };
}

function rowAfter({ first, end, top, current }: Viewport, sizes: Sizes, key: string): number | undefined {
  const at = current ?? Math.floor(top);
  const page = Math.max(1, wholeRows(sizes) - 1);
  switch (key) {
    case 'ArrowUp':
      return at - 1;
    case 'ArrowDown':
      return at + 1;
    case 'PageUp':
      return at - page;
    case 'PageDown':
      return at + page;
    case 'Home':
      return first;
    case 'End':
      return end - 1;
    default:
      return undefined;
  }
}

function wholeRows({ height, row }: Sizes): number {
  return Math.floor(height / row);
}

function areaOf({ first, end }: Viewport, { row }: Sizes): number {
  return Math.min(maxArea, Math.max(0, end - first) * row);
}

/** How far the area can be scrolled. */
function roomIn(area: number, { height }: Sizes): number {
  return Math.max(1, area - height);
}
