// One row of the log list as an element.
import { t } from '../../model/l10n.ts';
import type { LogRow } from '../../model/logs/messages.ts';
import { el } from '../host.ts';
import { type Piece, piecesOf, type Search } from './pieces.ts';
import { timeOf } from './texts.ts';
import type { Viewport } from './viewport.ts';

/** What is the same for all rows. */
export interface RowLook {
  /** Names before the lines; none for a single source. */
  sources: readonly string[];
  search: Search;
}

/** The row with this number; `line` is missing while it is asked for. */
export function rowElement(row: number, line: LogRow | undefined, view: Viewport, look: RowLook): HTMLElement {
  const attributes = {
    id: `row${row}`,
    role: 'listitem',
    'aria-setsize': String(view.end - view.first),
    'aria-posinset': String(row - view.first + 1),
    class: `row level-${line?.level ?? 'none'}${line ? '' : ' missing'}${row === view.current ? ' current' : ''}`,
  };
  if (!line) {
    return el('div', attributes, '…');
  }
  const name = look.sources[line.source];
  return el(
    'div',
    attributes,
    el('time', { title: line.stamp }, timeOf(line.stamp)),
    name === undefined ? undefined : el('span', { class: `name source${line.source % 8}` }, name),
    el('span', { class: 'text' }, styledText(piecesOf(line.text, line.colored, look.search))),
    line.more ? el('span', { class: 'more', title: t('Press Enter to see the whole line') }, '…') : undefined,
  );
}

/** The number of the row that something in the list belongs to. */
export function rowAt(target: EventTarget | null): number | undefined {
  const id = target instanceof Element ? target.closest('.row')?.id : undefined;
  return id === undefined ? undefined : Number(id.slice('row'.length));
}

/** A line's text; one that is all alike is plain text. */
export function styledText(pieces: readonly Piece[]): (Node | string)[] {
  return pieces.map(({ text, marked, look: { color, background, classes } }) => {
    if (pieces.length === 1 && !marked && color === undefined && background === undefined && classes.length === 0) {
      return text;
    }
    const piece = el(marked ? 'mark' : 'span', classes.length > 0 ? { class: classes.join(' ') } : {}, text);
    piece.style.color = color ?? '';
    piece.style.backgroundColor = background ?? '';
    return piece;
  });
}
