// Parts of the run form around its fields: how a run goes, the sections at the side, the lesson.
import { t } from '../../model/l10n.ts';
import { formSections, type SectionId } from '../../model/run/form/fields.ts';
import type { RunFormStatus } from '../../model/run/form/messages.ts';
import { button, el, send } from '../host.ts';
import { sectionInSight } from './findFields.ts';
import { noteElements } from './lesson.ts';

/** How the run goes, with its way out. */
export function createStatus(mend: (what: 'ports' | 'name') => void) {
  const element = el('div', { id: 'status', role: 'status' });
  return {
    element,
    show({ state, text, fraction, actions = [], mend: what }: RunFormStatus) {
      element.className = `status ${state}`;
      const bar = el(
        'div',
        { class: `progress${fraction === undefined ? ' endless' : ''}` },
        el('div', { class: 'bit' }),
      );
      if (bar.firstElementChild instanceof HTMLElement && fraction !== undefined) {
        bar.firstElementChild.style.width = `${Math.round(fraction * 100)}%`;
      }
      const buttons = [
        ...(what === 'ports' ? [button(t('Take Free Ports'), () => mend('ports'), { class: 'secondary' })] : []),
        ...(what === 'name' ? [button(t('Leave the Name Out'), () => mend('name'), { class: 'secondary' })] : []),
        ...actions.map((label, index) =>
          button(label, () => send({ type: 'action', index }), { class: 'secondary', 'data-action': String(index) }),
        ),
        ...(state === 'busy' ? [button(t('Cancel'), () => send({ type: 'cancel' }), { class: 'secondary' })] : []),
      ];
      element.replaceChildren(
        ...(text === '' ? [] : [el('p', {}, text)]),
        ...(state === 'busy' ? [bar] : []),
        ...(buttons.length > 0 ? [el('div', { class: 'actions' }, ...buttons)] : []),
      );
    },
  };
}

/** The names of the sections with how many of their fields are set; the one that is read is marked. */
export function createContents(sections: ReadonlyMap<SectionId, HTMLElement>) {
  const links = new Map(
    formSections.map(({ id, title }) => {
      const count = el('span', { class: 'count' });
      const link = button('', () => {
        sections.get(id)?.scrollIntoView({ block: 'start' });
        sections.get(id)?.querySelector<HTMLElement>('input, select, button.add')?.focus({ preventScroll: true });
      });
      link.append(el('span', { class: 'text' }, title()), count);
      return [id, { link, count }] as const;
    }),
  );
  const mark = () => {
    const current = sectionRead(sections) ?? formSections[0]?.id;
    for (const [id, { link }] of links) {
      link.setAttribute('aria-current', String(id === current));
    }
  };
  window.addEventListener('scroll', mark, { passive: true });
  document.addEventListener('focusin', mark);
  return {
    element: el(
      'nav',
      { class: 'contents', 'aria-label': t('Sections') },
      [...links.values()].map(({ link }) => link),
    ),
    mark,
    count(counts: ReadonlyMap<SectionId, number>): void {
      for (const [id, { count }] of links) {
        count.textContent = counts.get(id) ? String(counts.get(id)) : '';
      }
    },
  };
}

/** The section of the field that has the focus, while that is in sight; else the one that is in sight. */
function sectionRead(sections: ReadonlyMap<SectionId, HTMLElement>): SectionId | undefined {
  const head = document.querySelector('.top')?.getBoundingClientRect().bottom ?? 0;
  const focused = document.activeElement;
  const box = focused?.getBoundingClientRect();
  const inUse =
    box && box.top >= head && box.bottom <= window.innerHeight
      ? [...sections].find(([, section]) => section.contains(focused))?.[0]
      : undefined;
  const shown = [...sections].filter(([, section]) => !section.hidden);
  const tops = shown.map(([id, section]) => ({ id, top: section.getBoundingClientRect().top }));
  return inUse ?? sectionInSight(tops, head, window.innerHeight);
}

/** The field note of the field in use: at the side where there is room, else below the field when it is asked for. */
export function createLesson(notes: Readonly<Record<string, string>>) {
  const wide = window.matchMedia('(min-width: 820px)');
  const aside = el('aside', { class: 'lesson', tabindex: '-1', 'aria-label': t('Field note') });
  const inner = el('aside', { class: 'lesson inner', tabindex: '-1', 'aria-label': t('Field note') });
  let shown = '';
  const fill = (place: HTMLElement, key: string) => {
    const open = button(t('Open Note'), () => send({ type: 'note', key }), { class: 'link' });
    place.replaceChildren(...noteElements(notes[key] ?? ''), el('p', {}, open));
    place.scrollTop = 0;
  };
  return {
    element: aside,
    /** Follows the field in use. */
    follow(key: string) {
      if (key !== shown && notes[key]) {
        shown = key;
        fill(aside, key);
      }
    },
    /** Asked for by its button: goes there, and back again. */
    toggle(key: string, below: HTMLElement) {
      if (wide.matches) {
        this.follow(key);
        aside.focus();
        return;
      }
      if (inner.parentElement === below) {
        inner.remove();
        return;
      }
      fill(inner, key);
      below.append(inner);
      inner.focus();
    },
  };
}
