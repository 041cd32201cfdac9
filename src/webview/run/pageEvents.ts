// What the run form hears from the page as a whole: keys, where the focus goes, how tall the top is.
import { type FormField, formFields } from '../../model/run/form/fields.ts';
import type { Bar } from './formBar.ts';

/** Listens to the keys of the form for as long as the page lives. */
export function listenToKeys(run: (start: boolean) => void, bar: Pick<Bar, 'find' | 'clearSearch'>): void {
  document.addEventListener('keydown', (event) => {
    const command = event.ctrlKey || event.metaKey;
    if (event.key === 'Enter' && command) {
      event.preventDefault();
      run(!event.shiftKey);
    } else if (event.key.toLowerCase() === 'f' && command) {
      event.preventDefault();
      bar.find();
    } else if (event.key === 'Escape' && !bar.clearSearch(event.target)) {
      if (event.target instanceof Element && event.target.closest('.lesson')) {
        document.querySelector<HTMLElement>(':focus')?.blur();
      }
    }
  });
}

/** Tells of each field that the focus enters. */
export function followFocus(entered: (field: FormField) => void): void {
  document.addEventListener('focusin', ({ target }) => {
    const id = target instanceof Element ? target.closest('[data-field]')?.getAttribute('data-field') : undefined;
    const field = formFields.find((candidate) => candidate.id === id);
    if (field) {
      entered(field);
    }
  });
}

/** What stays at the side begins below the top, however tall that is. */
export function keepBelow(top: HTMLElement): void {
  new ResizeObserver(() => {
    document.documentElement.style.setProperty('--top', `${top.offsetHeight}px`);
  }).observe(top);
}
