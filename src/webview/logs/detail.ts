// The whole of one line, below the list.
import { t } from '../../model/l10n.ts';
import type { LogNews } from '../../model/logs/messages.ts';
import { button, el } from '../host.ts';
import { piecesOf, type Search } from './pieces.ts';
import { styledText } from './row.ts';
import { formatCount, type Locale } from './texts.ts';

export interface Detail {
  readonly element: HTMLElement;
  readonly open: boolean;
  show(line: LogNews & { type: 'line' }, search: Search): void;
  close(): void;
}

interface Options {
  /** Names of where lines come from; none for a single source. */
  sources: readonly string[];
  locale: Locale;
  /** It was opened or closed, so that there is less or more room. */
  changed(open: boolean): void;
}

/** The place of the whole line; it is hidden until `show`. */
export function createDetail({ sources, locale, changed }: Options): Detail {
  const element = el('aside', { class: 'detail', 'aria-label': t('The whole line'), hidden: '' });
  const close = () => {
    element.hidden = true;
    changed(false);
  };
  return {
    element,
    get open() {
      return !element.hidden;
    },
    show({ source, stamp, text, colored, cut }, search) {
      const about = [sources[source] ?? '', stamp].filter(Boolean).join(' · ');
      element.replaceChildren(
        el(
          'div',
          { class: 'line' },
          el('span', { class: 'quiet' }, about),
          button(t('Close'), close, { class: 'link' }),
        ),
        el('pre', { tabindex: '0' }, styledText(piecesOf(text, colored, search))),
        cut > 0 ? el('p', { class: 'quiet' }, t('{0} more characters were cut off.', formatCount(cut, locale))) : '',
      );
      element.hidden = false;
      changed(true);
    },
    close,
  };
}
