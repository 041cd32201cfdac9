// The fields of the run form as elements: texts, switches, choices and lists, each with its label, hint and problems.
import { t } from '../../model/l10n.ts';
import type { FormField } from '../../model/run/form/fields.ts';
import { button, el } from '../host.ts';
import type { Control, ControlEvents } from './control.ts';
import { inputFor, problemLine } from './problem.ts';
import { createList } from './rowList.ts';

/** A control with the field's name, flag and hint around it. */
export interface Widget extends Control {
  readonly field: FormField;
}

export interface FieldEvents {
  /** At every key. */
  input(widget: Widget): void;
  /** When the field is left or Enter is pressed. */
  left(widget: Widget): void;
  browse(field: FormField, row: number): void;
  lesson(widget: Widget): void;
}

/** An empty field with all that stands around it. */
export function createWidget(field: FormField, events: FieldEvents): Widget {
  const control = controlOf(field, {
    input: () => events.input(widget),
    left: () => events.left(widget),
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
  const widget: Widget = { ...control, field, element };
  return widget;
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
      return createList(field, field.add, events);
    default:
      return textBox(field, events);
  }
}

function checkbox(field: FormField, events: ControlEvents): Control {
  const box = el('input', { type: 'checkbox', id: `field-${field.id}`, 'aria-describedby': `hint-${field.id}` });
  box.addEventListener('change', () => {
    events.input();
    events.left();
  });
  return {
    element: box,
    value: () => box.checked,
    show: (value) => {
      box.checked = value === true;
    },
    problems: () => {},
    focus: () => box.focus(),
    focusRow: () => {},
  };
}

function choice(field: FormField, choices: readonly string[], events: ControlEvents): Control {
  const select = el('select', { id: `field-${field.id}`, 'aria-describedby': `hint-${field.id}` });
  const problem = problemLine();
  const offer = (value: string) => {
    if (![...select.options].some((option) => option.value === value)) {
      select.append(el('option', { value }, value === '' ? defaultChoice(field) : value));
    }
  };
  for (const value of choices) {
    offer(value);
  }
  select.addEventListener('change', () => {
    events.input();
    events.left();
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
    focusRow: () => {},
  };
}

/** What the empty choice stands for. */
function defaultChoice(field: FormField): string {
  return t('{0} (usual)', field.id === 'restart' ? 'no' : 'missing');
}

function textBox(field: FormField, events: ControlEvents): Control {
  const box = inputFor(field);
  box.id = `field-${field.id}`;
  box.setAttribute('aria-describedby', `hint-${field.id} problem-${field.id}`);
  const problem = problemLine(`problem-${field.id}`);
  box.addEventListener('input', events.input);
  box.addEventListener('change', events.left);
  return {
    element: el('div', { class: 'control' }, box, problem.element),
    value: () => box.value,
    show: (value) => {
      box.value = String(value);
    },
    problems: ([first]) => problem.show(first, box),
    focus: () => box.focus(),
    focusRow: () => {},
  };
}
