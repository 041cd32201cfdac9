// What the page of logs says of its lines and of its search.
import { t } from '../../model/l10n.ts';
import type { Level } from '../../model/logs/lines.ts';
import type { LogFilter } from '../../model/logs/list.ts';
import type { LogCounts, LogRange } from '../../model/logs/messages.ts';

/** The language that numbers are written in: a BCP 47 tag, or undefined for that of the browser. */
export type Locale = string | undefined;

export function formatCount(count: number, locale: Locale): string {
  return count.toLocaleString(locale);
}

/** The time of day of a stamp, as the person's clock shows it; what is no time stays as it is. */
export function timeOf(stamp: string): string {
  const time = new Date(stamp);
  if (Number.isNaN(time.getTime())) {
    return stamp;
  }
  const two = (part: number) => String(part).padStart(2, '0');
  const [hours, minutes, seconds] = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two);
  return `${hours}:${minutes}:${seconds}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}

/** How many lines are shown. */
export function sizeText({ first, end }: LogCounts, locale: Locale): string {
  const rows = end - first;
  return rows === 1 ? t('1 line') : t('{0} lines', formatCount(rows, locale));
}

/** How many lines hold what is searched for; `place` is the number of the one that was gone to. */
export function foundText({ text }: LogFilter, hits: number, place: number | undefined, locale: Locale): string {
  if (text === '') {
    return '';
  }
  if (hits === 0) {
    return t('not found');
  }
  return place === undefined
    ? t('{0} found', formatCount(hits, locale))
    : t('{0} of {1}', formatCount(place, locale), formatCount(hits, locale));
}

export function levelName(level: Level): string {
  switch (level) {
    case 'none':
      return t('All levels');
    case 'error':
      return t('Errors');
    case 'warning':
      return t('Warnings and worse');
    case 'info':
      return t('Information and worse');
    case 'debug':
      return t('All with a level');
  }
}

export function rangeName(range: LogRange): string {
  switch (range) {
    case 'last1000':
      return t('Last 1,000 lines');
    case 'last10000':
      return t('Last 10,000 lines');
    case 'all':
      return t('From the beginning');
    case 'minutes15':
      return t('Last 15 minutes');
    case 'hour':
      return t('Last hour');
    case 'day':
      return t('Last day');
  }
}
