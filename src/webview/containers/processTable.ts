// The table of processes as data: its columns, its order, the text of each cell.
import type { ProcessColumn, ProcessesPage, ProcessFacts, ProcessOrder } from '../../model/containers/processes.ts';
import { formatSize } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';

export type Row = ProcessFacts & { container: string };

export interface Column {
  column: ProcessColumn;
  title: string;
  /** Read from left to right; numbers stand at the right. */
  words?: boolean;
  text: (row: Row) => string;
}

/** The processes of all containers as rows. */
export function rowsOf({ containers }: ProcessesPage): Row[] {
  return containers.flatMap(({ name, processes }) => processes.map((each) => ({ ...each, container: name })));
}

/** The same for a process as long as it runs. */
export function keyOf({ container, pid }: Row): string {
  return `${container} ${pid}`;
}

/** The columns from left to right; that of the containers only where there are several. */
export function columnsOf(containers: number): Column[] {
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
  return all.filter(({ column }) => column !== 'container' || containers > 1);
}

/** The order that was saved with the page; by process number where that was none of these columns. */
export function readOrder(saved: unknown, columns: readonly Column[]): ProcessOrder {
  const { column, down } = (typeof saved === 'object' && saved !== null ? saved : {}) as Partial<ProcessOrder>;
  const known = columns.find((each) => each.column === column);
  return known ? { column: known.column, down: down === true } : { column: 'pid', down: false };
}

/** The order after a press on a column's head: the other way round, or by another column. */
export function orderAfter(order: ProcessOrder, column: ProcessColumn): ProcessOrder {
  // What uses most is looked for first.
  const largestFirst = column === 'cpu' || column === 'memory' || column === 'time';
  return { column, down: order.column === column ? !order.down : largestFirst };
}

/** How many there are; empty for none. */
export function countText(rows: readonly Row[]): string {
  return rows.length === 0 ? '' : rows.length === 1 ? t('1 process') : t('{0} processes', rows.length);
}
