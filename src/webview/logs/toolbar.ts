// The bar above the log: the search, the filter, and how far back the log goes.
import { t } from '../../model/l10n.ts';
import { levels } from '../../model/logs/lines.ts';
import type { LogFilter } from '../../model/logs/list.ts';
import { type LogPage, type LogRange, ranges } from '../../model/logs/messages.ts';
import { el } from '../host.ts';
import { choice, iconButton, setPressed, toggle } from './controls.ts';
import { levelName, rangeName } from './texts.ts';

/** Milliseconds without a key after which the search begins. */
const pause = 150;

export interface Toolbar {
  readonly element: HTMLElement;
  /** Shows what of the filter is on. */
  showFilter(filter: LogFilter): void;
  /** Says how much was found; `problem` when nothing was. */
  showFound(text: string, problem: boolean): void;
  showFollowing(on: boolean): void;
  showStamps(on: boolean): void;
  /** Goes to the search box. */
  find(): void;
}

export interface ToolbarEvents {
  change(change: (filter: LogFilter) => LogFilter): void;
  /** The next match, or the one before. */
  next(back: boolean): void;
  follow(): void;
  stamps(): void;
  range(range: LogRange): void;
}

/** The bar with the filter that the page starts with. */
export function createToolbar({ kind, filter, range }: LogPage, events: ToolbarEvents): Toolbar {
  const search = createSearch(filter.text, events);
  const exact = toggle('Aa', t('Upper and lower case matter'), () =>
    events.change((now) => ({ ...now, exact: !now.exact })),
  );
  const only = toggle(t('Only matches'), t('Hide the lines without the text'), () =>
    events.change((now) => ({ ...now, only: !now.only })),
  );
  const following = toggle(t('Follow'), t('Stay at the newest line'), events.follow);
  const stamps = toggle(t('Times'), t('Show when each line was written'), events.stamps);
  const found = el('span', { class: 'found', role: 'status' });
  const level = choice(t('Level'), levels, levelName, filter.level, (value) =>
    events.change((now) => ({ ...now, level: value })),
  );
  const element = el(
    'div',
    { class: 'bar', role: 'toolbar', 'aria-label': t('Search and filter') },
    el('span', { class: 'box' }, search, exact),
    iconButton('↑', t('Previous match'), () => events.next(true)),
    iconButton('↓', t('Next match'), () => events.next(false)),
    found,
    only,
    el('span', { class: 'gap' }),
    kind === 'logs' ? level : undefined,
    range === undefined ? undefined : choice(t('How far back'), ranges, rangeName, range, events.range),
    stamps,
    following,
  );
  return {
    element,
    showFilter(now) {
      setPressed(exact, now.exact);
      setPressed(only, now.only);
    },
    showFound(text, problem) {
      found.textContent = text;
      found.classList.toggle('problem', problem);
    },
    showFollowing: (on) => setPressed(following, on),
    showStamps: (on) => setPressed(stamps, on),
    find() {
      search.focus();
      search.select();
    },
  };
}

/** A box whose text is searched for after a pause in typing, or at once with Enter, which also goes to the next match. */
function createSearch(text: string, { change, next }: ToolbarEvents): HTMLInputElement {
  const box = el('input', {
    type: 'search',
    id: 'search',
    placeholder: t('Search'),
    'aria-label': t('Search'),
    spellcheck: 'false',
  });
  box.value = text;
  let searched = text;
  let timer: number | undefined;
  const begin = () => {
    window.clearTimeout(timer);
    searched = box.value;
    change((now) => ({ ...now, text: searched }));
  };
  box.addEventListener('input', () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(begin, pause);
  });
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') {
      if (box.value !== searched) {
        begin();
      }
      next(event.shiftKey);
      event.preventDefault();
    }
  });
  return box;
}
