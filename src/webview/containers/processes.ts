// The page of processes: one table, in the order of the column that was chosen, whose rows stay while it is drawn anew.

import {
  inOrder,
  type ProcessColumn,
  type ProcessesPage,
  type ProcessFacts,
  type ProcessOrder,
} from '../../model/containers/processes.ts';
import { formatSize } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import { button, el, page, savedState, saveState, startPage } from '../host.ts';

type Row = ProcessFacts & { container: string };

interface Column {
  column: ProcessColumn;
  title: string;
  /** Read from left to right; numbers stand at the right. */
  words?: boolean;
  text: (row: Row) => string;
}

let rows: Row[] = [];
let columns: Column[] = [];
let order: ProcessOrder = { column: 'pid', down: false };
const drawn = new Map<string, HTMLTableRowElement>();
const heads = new Map<ProcessColumn, { head: HTMLElement; sign: HTMLElement }>();
let body: HTMLTableSectionElement | undefined;
let notice: HTMLElement | undefined;
let count: HTMLElement | undefined;
let frame: HTMLElement | undefined;

startPage<ProcessesPage>(({ containers }) => {
  rows = containers.flatMap(({ name, processes }) => processes.map((each) => ({ ...each, container: name })));
  if (!body) {
    build(containers.map(({ name }) => name));
  }
  const problems = containers.map(({ problem }) => problem ?? '').filter(Boolean);
  const text = [...new Set(problems)].join(' ');
  if (notice && notice.textContent !== text) {
    notice.textContent = text;
    notice.className = text ? 'notice' : '';
  }
  draw();
});

function build(names: readonly string[]): void {
  const all: Column[] = [
    { column: 'container', title: t('Container'), words: true, text: ({ container }) => container },
    { column: 'pid', title: t('PID'), text: ({ pid }) => String(pid) },
    { column: 'parent', title: t('Parent'), text: ({ parent }) => String(parent) },
    { column: 'user', title: t('User'), words: true, text: ({ user }) => user },
    { column: 'cpu', title: t('Processor'), text: ({ cpu }) => (cpu === undefined ? '–' : `${cpu.toFixed(1)} %`) },
    { column: 'memory', title: t('Memory'), text: ({ memory }) => (memory === undefined ? '–' : formatSize(memory)) },
    { column: 'started', title: t('Started'), text: ({ started }) => started },
    { column: 'time', title: t('Processor time'), text: ({ time }) => time },
    { column: 'command', title: t('Command'), words: true, text: ({ command }) => command },
  ];
  columns = all.filter(({ column }) => column !== 'container' || names.length > 1);
  order = orderFrom(savedState().order);
  body = el('tbody', {});
  notice = el('div', { role: 'status' });
  count = el('span', { class: 'now' });
  const caption = t(
    'As the engine sees them: with Docker, their numbers are those of its host and not of the container',
  );
  const head = el('thead', {}, el('tr', {}, ...columns.map(headOf)));
  frame = el('div', { class: 'wide' }, el('table', { class: 'processes' }, el('caption', {}, caption), head, body));
  page().replaceChildren(el('h1', {}, names.join(', '), ' ', count), notice, frame);
}

function headOf({ column, title, words }: Column): HTMLElement {
  const sign = el('span', { class: 'sign', 'aria-hidden': 'true' });
  const press = button(title, () => {
    // What uses most is looked for first.
    const largest = column === 'cpu' || column === 'memory' || column === 'time';
    order = { column, down: order.column === column ? !order.down : largest };
    saveState({ order });
    draw();
  });
  press.append(sign);
  const head = el('th', { scope: 'col', ...(words && { class: 'words' }) }, press);
  heads.set(column, { head, sign });
  return head;
}

function draw(): void {
  for (const [column, { head, sign }] of heads) {
    const chosen = column === order.column;
    head.setAttribute('aria-sort', chosen ? (order.down ? 'descending' : 'ascending') : 'none');
    sign.textContent = chosen ? (order.down ? ' ▼' : ' ▲') : '';
  }
  if (frame) {
    frame.hidden = rows.length === 0;
  }
  if (count) {
    count.textContent = rows.length === 0 ? '' : rows.length === 1 ? t('1 process') : t('{0} processes', rows.length);
  }
  const wanted = rows.toSorted(inOrder(order)).map((row) => rowOf(row));
  const present = new Set(wanted);
  for (const [key, element] of drawn) {
    if (!present.has(element)) {
      element.remove();
      drawn.delete(key);
    }
  }
  // Rows move only when their order is another one, so that what is selected stays so.
  for (const [index, element] of wanted.entries()) {
    if (body && body.children[index] !== element) {
      body.insertBefore(element, body.children[index] ?? null);
    }
  }
}

function rowOf(row: Row): HTMLTableRowElement {
  const key = `${row.container} ${row.pid}`;
  const known = drawn.get(key);
  const element = known ?? el('tr', {}, ...columns.map(({ words }) => el('td', words ? { class: 'words' } : {})));
  drawn.set(key, element);
  for (const [index, { text }] of columns.entries()) {
    const cell = element.children[index];
    const value = text(row);
    if (cell && cell.textContent !== value) {
      cell.textContent = value;
    }
  }
  return element;
}

function orderFrom(saved: unknown): ProcessOrder {
  const { column, down } = (typeof saved === 'object' && saved !== null ? saved : {}) as Partial<ProcessOrder>;
  const known = columns.find((each) => each.column === column);
  return known ? { column: known.column, down: down === true } : { column: 'pid', down: false };
}
