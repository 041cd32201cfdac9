// The page of processes: one table, in the order of the column that was chosen, whose rows stay while it is drawn anew.
import { inOrder, type ProcessColumn, type ProcessesPage } from '../../model/containers/processes.ts';
import { t } from '../../model/l10n.ts';
import { button, el, page, savedState, saveState, startPage } from '../host.ts';
import { createNotice } from './notice.ts';
import { type Column, columnsOf, countText, keyOf, orderAfter, type Row, readOrder, rowsOf } from './processTable.ts';

let table: ReturnType<typeof createTable> | undefined;

startPage<ProcessesPage>((data) => {
  table ??= createTable(data.containers.map(({ name }) => name));
  table.show(data);
});

/** Fills the page with an empty table for these containers. */
function createTable(names: readonly string[]) {
  const columns = columnsOf(names.length);
  let order = readOrder(savedState().order, columns);
  let rows: readonly Row[] = [];
  const notice = createNotice();
  const count = el('span', { class: 'now' });
  const body = createRows(columns);
  const heads = createHeads(columns, (column) => {
    order = orderAfter(order, column);
    saveState({ order });
    draw();
  });
  const caption = t(
    'As the engine sees them: with Docker, their numbers are those of its host and not of the container',
  );
  const frame = el(
    'div',
    { class: 'wide' },
    el('table', { class: 'processes' }, el('caption', {}, caption), heads.element, body.element),
  );
  page().replaceChildren(el('h1', {}, names.join(', '), ' ', count), notice.element, frame);

  function draw(): void {
    heads.mark(order.column, order.down);
    frame.hidden = rows.length === 0;
    count.textContent = countText(rows);
    body.draw(rows.toSorted(inOrder(order)));
  }

  return {
    show(data: ProcessesPage): void {
      rows = rowsOf(data);
      notice.show(data.containers.map(({ problem }) => problem));
      draw();
    },
  };
}

/** The heads of the columns, each a button. */
function createHeads(columns: readonly Column[], press: (column: ProcessColumn) => void) {
  const heads = columns.map(({ column, title, words }) => {
    const sign = el('span', { class: 'sign', 'aria-hidden': 'true' });
    const control = button(title, () => press(column));
    control.append(sign);
    return { column, sign, head: el('th', { scope: 'col', ...(words && { class: 'words' }) }, control) };
  });
  return {
    element: el('thead', {}, el('tr', {}, ...heads.map(({ head }) => head))),
    /** Shows which column gives the order. */
    mark(chosen: ProcessColumn, down: boolean): void {
      for (const { column, sign, head } of heads) {
        head.setAttribute('aria-sort', column !== chosen ? 'none' : down ? 'descending' : 'ascending');
        sign.textContent = column !== chosen ? '' : down ? ' ▼' : ' ▲';
      }
    },
  };
}

/** The rows below the heads; a process keeps its element. */
function createRows(columns: readonly Column[]) {
  const element = el('tbody', {});
  const drawn = new Map<string, HTMLTableRowElement>();

  function elementOf(row: Row): HTMLTableRowElement {
    const known = drawn.get(keyOf(row));
    const made = known ?? el('tr', {}, ...columns.map(({ words }) => el('td', words ? { class: 'words' } : {})));
    drawn.set(keyOf(row), made);
    for (const [index, { text }] of columns.entries()) {
      const cell = made.children[index];
      const value = text(row);
      if (cell && cell.textContent !== value) {
        cell.textContent = value;
      }
    }
    return made;
  }

  return {
    element,
    draw(rows: readonly Row[]): void {
      const wanted = rows.map(elementOf);
      const present = new Set(wanted);
      for (const [key, old] of drawn) {
        if (!present.has(old)) {
          old.remove();
          drawn.delete(key);
        }
      }
      // Rows move only when their order is another one, so that what is selected stays so.
      for (const [index, row] of wanted.entries()) {
        if (element.children[index] !== row) {
          element.insertBefore(row, element.children[index] ?? null);
        }
      }
    },
  };
}
