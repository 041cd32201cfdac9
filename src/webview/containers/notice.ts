// The sentence above a page of containers that says why something is missing.
import { el } from '../host.ts';

export interface Notice {
  readonly element: HTMLElement;
  /** Says each sentence once; nothing when there is none. What is said already is not read out again. */
  show(problems: readonly (string | undefined)[]): void;
}

/** An empty notice. */
export function createNotice(): Notice {
  const element = el('div', { role: 'status' });
  return {
    element,
    show(problems) {
      const text = [...new Set(problems.filter(Boolean))].join(' ');
      if (element.textContent !== text) {
        element.textContent = text;
        element.className = text ? 'notice' : '';
      }
    },
  };
}
