// The box of a text and the line below it that says what is wrong with it.
import type { FormField } from '../../model/run/form/fields.ts';
import type { Problem } from '../../model/run/form/values.ts';
import { el } from '../host.ts';

/** An empty box for a field's text, or for one row of it. */
export function inputFor(field: FormField): HTMLInputElement {
  return el('input', {
    type: 'text',
    spellcheck: 'false',
    autocomplete: 'off',
    ...(field.kind === 'number' && { inputmode: 'numeric' }),
    ...(field.placeholder && { placeholder: field.placeholder }),
    ...(field.offers && { list: `offers-${field.offers}` }),
  });
}

export interface ProblemLine {
  readonly element: HTMLElement;
  /** Says what is wrong with what is in the box; undefined when nothing is. */
  show(problem: Problem | undefined, box: HTMLElement): void;
}

let lines = 0;

/** An empty line. */
export function problemLine(id = `problem-row-${lines}`): ProblemLine {
  lines += 1;
  const element = el('p', { class: 'problem', id, hidden: '' });
  return {
    element,
    show(problem, box) {
      element.hidden = problem === undefined;
      element.className = `problem ${problem?.level ?? ''}`;
      // What is said already is not read out again.
      if (element.textContent !== (problem?.text ?? '')) {
        element.textContent = problem?.text ?? '';
      }
      markInvalid(box, problem?.level);
      if (!box.hasAttribute('aria-describedby')) {
        box.setAttribute('aria-describedby', id);
      }
    },
  };
}

/** Marks a box whose content is wrong, to be seen and to be heard. */
export function markInvalid(box: HTMLElement, level: Problem['level'] | undefined): void {
  box.classList.toggle('error', level === 'error');
  box.classList.toggle('warning', level === 'warning');
  if (level) {
    box.setAttribute('aria-invalid', String(level === 'error'));
  } else {
    box.removeAttribute('aria-invalid');
  }
}
