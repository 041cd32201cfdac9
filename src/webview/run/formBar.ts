// The buttons of the run form and its search.
import { t } from '../../model/l10n.ts';
import { button, el } from '../host.ts';
import type { FormCheck } from './check.ts';

export interface Bar {
  readonly element: HTMLElement;
  enable(check: Pick<FormCheck, 'canRun' | 'canCopy'>): void;
  /** Goes to the button that runs it. */
  focus(): void;
  /** Goes to the search. */
  find(): void;
  /** Empties the search, when that is where the person is. */
  clearSearch(target: EventTarget | null): boolean;
}

interface BarEvents {
  /** `start` is false where the container is only to be created. */
  run(start: boolean): void;
  copy(): void;
  /** Only fields with this text are to be shown. */
  filter(text: string): void;
}

/** The bar, with all buttons enabled at first. */
export function createBar({ run, copy, filter }: BarEvents): Bar {
  const runButton = button(t('Run'), () => run(true), { class: 'primary', id: 'run', title: 'Ctrl+Enter' });
  const createButton = button(t('Create Only'), () => run(false), { class: 'secondary', id: 'create' });
  const copyButton = button(t('Copy Line'), copy, { class: 'secondary', id: 'copy' });
  const search = el('input', {
    type: 'search',
    id: 'search',
    placeholder: t('Search options'),
    'aria-label': t('Search options'),
    spellcheck: 'false',
  });
  search.addEventListener('input', () => filter(search.value));
  return {
    element: el('div', { class: 'bar' }, runButton, createButton, copyButton, search),
    enable({ canRun, canCopy }) {
      runButton.disabled = !canRun;
      createButton.disabled = !canRun;
      copyButton.disabled = !canCopy;
    },
    focus: () => runButton.focus(),
    find() {
      search.focus();
      search.select();
    },
    clearSearch(target) {
      if (target !== search) {
        return false;
      }
      search.value = '';
      filter('');
      return true;
    },
  };
}
