// The fields of the run form as elements: texts, switches, choices and lists, each with its label, hint and problems.
import { t } from '../../model/l10n.ts';
import type { FormField } from '../../model/run/form/fields.ts';
import type { FieldValue, Problem } from '../../model/run/form/values.ts';
import { button, el } from '../host.ts';

export interface Widget {
  readonly field: FormField;
  readonly element: HTMLElement;
  value(): FieldValue;
  show(value: FieldValue): void;
  /** One entry for each row, as `fieldProblems` gives them. */
  problems(problems: readonly (Problem | undefined)[]): void;
  /** Puts a text into one row of a list. */
  fill(row: number, text: string): void;
  focus(): void;
}

export interface FieldEvents {
  /** At every key. */
  input(widget: Widget): void;
  /** When the field is left or Enter is pressed. */
  change(widget: Widget): void;
  browse(field: FormField, row: number): void;
  lesson(widget: Widget): void;
}

interface Control {
  element: HTMLElement;
  value(): FieldValue;
  show(value: FieldValue): void;
  problems(problems: readonly (Problem | undefined)[]): void;
  fill?(row: number, text: string): void;
  focus(): void;
}

export function createWidget(field: FormField, events: FieldEvents): Widget {
  const control = controlOf(field, {
    input: () => events.input(widget),
    change: () => events.change(widget),
    browse: (row) => events.browse(field, row),
  });
  const isSwitch = field.kind === 'switch';
  const lesson = button('?', () => events.lesson(widget), {
    class: 'lesson-button',
    'aria-label': t('Field note: {0}', field.label()),
    title: t('Field note: {0}', field.label()),
  });
  const title = el(
    'div',
    { class: 'title' },
    isList(field)
      ? el('span', { class: 'name', id: `label-${field.id}` }, field.label())
      : el('label', { class: 'name', id: `label-${field.id}`, for: `field-${field.id}` }, field.label()),
    el('code', { class: 'flag' }, field.flag),
    lesson,
  );
  const hint = el('p', { class: 'hint', id: `hint-${field.id}` }, field.hint());
  const element = el(
    'div',
    { class: `setting ${field.kind}`, 'data-field': field.id },
    title,
    ...(isSwitch ? [el('div', { class: 'check' }, control.element, hint)] : [hint, control.element]),
  );
  if (isList(field)) {
    element.setAttribute('role', 'group');
    element.setAttribute('aria-labelledby', `label-${field.id}`);
  }
  const widget: Widget = {
    field,
    element,
    value: control.value,
    show: control.show,
    problems: control.problems,
    fill: (row, text) => control.fill?.(row, text),
    focus: control.focus,
  };
  return widget;
}

interface ControlEvents {
  input(): void;
  change(): void;
  browse(row: number): void;
}

function isList({ kind }: FormField): boolean {
  return kind === 'list' || kind === 'map' || kind === 'networks';
}

function controlOf(field: FormField, events: ControlEvents): Control {
  switch (field.kind) {
    case 'switch':
      return checkbox(field, events);
    case 'choice':
      return choice(field, field.choices, events);
    case 'list':
    case 'map':
    case 'networks':
      return list(field, field.add, events);
    default:
      return textBox(field, events);
  }
}

function checkbox(field: FormField, events: ControlEvents): Control {
  const box = el('input', { type: 'checkbox', id: `field-${field.id}`, 'aria-describedby': `hint-${field.id}` });
  box.addEventListener('change', () => {
    events.input();
    events.change();
  });
  return {
    element: box,
    value: () => box.checked,
    show: (value) => {
      box.checked = value === true;
    },
    problems: () => {},
    focus: () => box.focus(),
  };
}

function choice(field: FormField, choices: readonly string[], events: ControlEvents): Control {
  const select = el('select', { id: `field-${field.id}`, 'aria-describedby': `hint-${field.id}` });
  const problem = problemLine();
  const offer = (value: string) => {
    if (![...select.options].some((option) => option.value === value)) {
      select.append(el('option', { value }, value === '' ? usualChoice(field) : value));
    }
  };
  for (const value of choices) {
    offer(value);
  }
  select.addEventListener('change', () => {
    events.input();
    events.change();
  });
  return {
    element: el('div', { class: 'control' }, select, problem.element),
    value: () => select.value,
    show: (value) => {
      // The line may say more than the list offers: on-failure:3.
      offer(String(value));
      select.value = String(value);
    },
    problems: ([first]) => problem.show(first, select),
    focus: () => select.focus(),
  };
}

/** What the empty choice stands for. */
function usualChoice(field: FormField): string {
  return t('{0} (usual)', field.id === 'restart' ? 'no' : 'missing');
}

function textBox(field: FormField, events: ControlEvents): Control {
  const box = inputFor(field);
  box.id = `field-${field.id}`;
  box.setAttribute('aria-describedby', `hint-${field.id} problem-${field.id}`);
  const problem = problemLine(`problem-${field.id}`);
  box.addEventListener('input', events.input);
  box.addEventListener('change', events.change);
  return {
    element: el('div', { class: 'control' }, box, problem.element),
    value: () => box.value,
    show: (value) => {
      box.value = String(value);
    },
    problems: ([first]) => problem.show(first, box),
    focus: () => box.focus(),
  };
}

/** Rows of text: Enter adds one below, Backspace in an empty one takes it away. */
function list(field: FormField, add: () => string, events: ControlEvents): Control {
  interface Row {
    element: HTMLElement;
    box: HTMLInputElement;
    problem: ReturnType<typeof problemLine>;
  }
  const rows: Row[] = [];
  const container = el('div', { class: 'rows' });
  const adding = button(add(), () => insert(rows.length, '').box.focus(), { class: 'secondary add' });

  function insert(at: number, text: string): Row {
    const box = inputFor(field);
    box.value = text;
    const problem = problemLine();
    const row: Row = {
      box,
      problem,
      element: el(
        'div',
        { class: 'row' },
        box,
        ...(field.browse
          ? [
              button('…', () => events.browse(rows.indexOf(row)), {
                class: 'icon',
                'aria-label': t('Browse'),
                title: t('Browse'),
              }),
            ]
          : []),
        button('×', () => remove(row), { class: 'icon', 'aria-label': t('Remove'), title: t('Remove') }),
        problem.element,
      ),
    };
    box.addEventListener('input', events.input);
    box.addEventListener('change', events.change);
    box.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && box.value !== '') {
        event.preventDefault();
        insert(rows.indexOf(row) + 1, '').box.focus();
      } else if (event.key === 'Backspace' && box.value === '') {
        event.preventDefault();
        remove(row);
      }
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
    (rows[Math.max(0, at - 1)]?.box ?? adding).focus();
    events.input();
    events.change();
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
    fill(at, text) {
      const row = rows[at];
      if (row) {
        row.box.value = text;
        row.box.focus();
      }
    },
    focus: () => (rows[0]?.box ?? adding).focus(),
  };
}

function inputFor(field: FormField): HTMLInputElement {
  return el('input', {
    type: 'text',
    spellcheck: 'false',
    autocomplete: 'off',
    ...(field.kind === 'number' && { inputmode: 'numeric' }),
    ...(field.placeholder && { placeholder: field.placeholder }),
    ...(field.offers && { list: `offers-${field.offers}` }),
  });
}

let lines = 0;

function problemLine(id = `problem-row-${lines}`) {
  lines += 1;
  const element = el('p', { class: 'problem', id, hidden: '' });
  return {
    element,
    show(problem: Problem | undefined, box: HTMLElement) {
      element.hidden = problem === undefined;
      element.className = `problem ${problem?.level ?? ''}`;
      if (element.textContent !== (problem?.text ?? '')) {
        element.textContent = problem?.text ?? '';
      }
      box.classList.toggle('error', problem?.level === 'error');
      box.classList.toggle('warning', problem?.level === 'warning');
      if (problem) {
        box.setAttribute('aria-invalid', String(problem.level === 'error'));
      } else {
        box.removeAttribute('aria-invalid');
      }
      if (!box.hasAttribute('aria-describedby')) {
        box.setAttribute('aria-describedby', id);
      }
    },
  };
}
