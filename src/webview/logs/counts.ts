// What is said around the list: which sources are shown, how many lines there are, and how it goes.
import { t } from '../../model/l10n.ts';
import type { LogFilter } from '../../model/logs/list.ts';
import type { LogCounts, LogPage } from '../../model/logs/messages.ts';
import { button, el, send } from '../host.ts';
import { setPressed, toggle } from './controls.ts';
import { formatCount, type Locale, sizeText } from './texts.ts';

/** A button for each source, to hide and show its lines; hidden itself when there is one source. */
export function createChips(sources: readonly string[], press: (source: number) => void) {
  const chips = sources.map((name, source) => {
    const chip = toggle(name, t('Show or hide {0}', name), () => press(source));
    chip.className = `chip source${source % 8}`;
    return chip;
  });
  const element = el('div', { class: 'chips', role: 'group', 'aria-label': t('What is shown') }, chips);
  element.hidden = sources.length <= 1;
  return {
    element,
    show({ hidden }: LogFilter): void {
      for (const [source, chip] of chips.entries()) {
        setPressed(chip, !hidden.includes(source));
      }
    },
  };
}

/** Sentences above the list and the line below it, empty until `show`. */
export function createSummary(kind: LogPage['kind'], locale: Locale) {
  const dropped = el('div', { class: 'dropped' });
  const empty = el('div', { class: 'empty' }, kind === 'logs' ? t('No lines yet.') : t('No events yet.'));
  const status = el('div', { class: 'status', role: 'status' });
  const size = el('div', { class: 'size' });
  const footer = el(
    'footer',
    {},
    status,
    size,
    button(t('Open as Document'), () => send({ type: 'document' }), { class: 'link' }),
    button(t('Clear'), () => send({ type: 'clear' }), { class: 'link' }),
  );
  return {
    above: [dropped, empty],
    footer,
    show(counts: LogCounts): void {
      empty.hidden = counts.end > counts.first;
      dropped.hidden = counts.dropped === 0;
      dropped.textContent = t('{0} older lines were dropped to keep memory free.', formatCount(counts.dropped, locale));
      const sentences = counts.status.join(' ');
      // What is said already is not read out again.
      if (status.textContent !== sentences) {
        status.textContent = sentences;
      }
      status.classList.toggle('problem', counts.failed);
      size.textContent = sizeText(counts, locale);
    },
  };
}
