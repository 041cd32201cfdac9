// A field of several texts, one in each row.
import { t } from '../../model/l10n.ts';
import type { FormField } from '../../model/run/form/fields.ts';
import { button, el } from '../host.ts';
import type { Control, ControlEvents } from './control.ts';
import { inputFor, type ProblemLine, problemLine } from './problem.ts';
import { focusAfterRemoval, rowKey } from './rowKeys.ts';

interface Row {
  element: HTMLElement;
  box: HTMLInputElement;
  problem: ProblemLine;
}

/** An empty list: Enter adds a row below, Backspace in an empty one takes it away. `add` names the button for a new row. */
export function createList(field: FormField, add: () => string, events: ControlEvents): Control {
  const rows: Row[] = [];
  const container = el('div', { class: 'rows' });
  const adding = button(add(), () => insert(rows.length, '').box.focus(), { class: 'secondary add' });

  function insert(at: number, text: string): Row {
    const row = createRow(field, text, {
      ...events,
      browse: () => events.browse(rows.indexOf(row)),
      add: () => insert(rows.indexOf(row) + 1, '').box.focus(),
      remove: () => remove(row),
    });
    container.insertBefore(row.element, rows[at]?.element ?? null);
    rows.splice(at, 0, row);
    number();
    return row;
  }

  function remove(row: Row): void {
    const at = rows.indexOf(row);
    rows.splice(at, 1);
    row.element.remove();
    number();
    (rows[focusAfterRemoval(at)]?.box ?? adding).focus();
    events.input();
    events.left();
  }

  function number(): void {
    for (const [index, { box }] of rows.entries()) {
      box.setAttribute('aria-label', t('{0}, row {1}', field.label(), index + 1));
    }
  }

  return {
    element: el('div', { class: 'control' }, container, adding),
    value: () => rows.map(({ box }) => box.value),
    show(value) {
      const texts = typeof value === 'object' ? value : [];
      while (rows.length > texts.length) {
        rows.pop()?.element.remove();
      }
      for (const [index, text] of texts.entries()) {
        const row = rows[index] ?? insert(index, text);
        row.box.value = text;
      }
    },
    problems(problems) {
      for (const [index, row] of rows.entries()) {
        row.problem.show(problems[index], row.box);
      }
    },
    focus: () => (rows[0]?.box ?? adding).focus(),
    focusRow: (row) => rows[row]?.box.focus(),
  };
}

interface RowEvents extends Pick<ControlEvents, 'input' | 'left'> {
  browse(): void;
  add(): void;
  remove(): void;
}

function createRow(field: FormField, text: string, events: RowEvents): Row {
  const box = inputFor(field);
  box.value = text;
  const problem = problemLine();
  const icon = (sign: string, label: string, press: () => void) =>
    button(sign, press, { class: 'icon', 'aria-label': label, title: label });
  box.addEventListener('input', events.input);
  box.addEventListener('change', events.left);
  box.addEventListener('keydown', (event) => {
    const action = rowKey(event.key, event.ctrlKey || event.metaKey, box.value);
    if (action !== undefined) {
      event.preventDefault();
      events[action]();
    }
  });
  const element = el(
    'div',
    { class: 'row' },
    box,
    field.browse && icon('…', t('Browse'), events.browse),
    icon('×', t('Remove'), events.remove),
    problem.element,
  );
  return { element, box, problem };
}
