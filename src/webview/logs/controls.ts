// The small controls of the page of logs.
import { button, el } from '../host.ts';

/** A button that is on or off, and says so by `aria-pressed`; whoever makes it sets that. */
export function toggle(label: string, title: string, press: () => void): HTMLButtonElement {
  return button(label, press, { class: 'toggle', title, 'aria-pressed': 'false' });
}

export function setPressed(control: HTMLButtonElement, on: boolean): void {
  control.setAttribute('aria-pressed', String(on));
}

/** A button with a sign in place of words. */
export function iconButton(sign: string, label: string, press: () => void): HTMLButtonElement {
  return button(sign, press, { class: 'plain', title: label, 'aria-label': label });
}

/** One of several values; `change` is called when another one is chosen. */
export function choice<T extends string>(
  label: string,
  values: readonly T[],
  nameOf: (value: T) => string,
  chosen: T,
  change: (value: T) => void,
): HTMLSelectElement {
  const options = values.map((value) =>
    el('option', { value, ...(value === chosen ? { selected: '' } : {}) }, nameOf(value)),
  );
  const select = el('select', { 'aria-label': label, title: label }, ...options);
  select.addEventListener('change', () => {
    const value = values.find((each) => each === select.value);
    if (value !== undefined) {
      change(value);
    }
  });
  return select;
}
