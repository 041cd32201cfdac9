// Sizes, ages, ports and short ids as a person reads them.
import { type Translate, t } from './l10n.ts';
import type { Container, Port } from './objects.ts';

/** Bytes in decimal units, as the engine prints them: 4.26 MB. */
export function formatSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${Number(value.toPrecision(3))} ${units[unit]}`;
}

/**
 * Time since a moment (milliseconds since 1970) in the largest fitting unit: "3 hours ago". In the editor's language, unless
 * a translation is given.
 */
export function formatAge(moment: number, now = Date.now(), translate: Translate = t): string {
  return ageIn(translate, Math.max(0, Math.round((now - moment) / 1000)));
}

function ageIn(t: Translate, seconds: number): string {
  if (seconds < 60) {
    return t('less than a minute ago');
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) {
    return minutes === 1 ? t('1 minute ago') : t('{0} minutes ago', minutes);
  }
  const hours = Math.round(minutes / 60);
  if (hours < 48) {
    return hours === 1 ? t('1 hour ago') : t('{0} hours ago', hours);
  }
  const days = Math.round(hours / 24);
  if (days < 14) {
    return t('{0} days ago', days);
  }
  if (days < 60) {
    return t('{0} weeks ago', Math.round(days / 7));
  }
  const months = Math.round(days / 30.4);
  return months < 24 ? t('{0} months ago', months) : t('{0} years ago', Math.round(days / 365));
}

/** A value under its name, as the language writes it: "Size: 4.26 MB". */
export function named(name: string, value: string): string {
  return t('{0}: {1}', name, value);
}

/** The first twelve digits of an id, without its algorithm. */
export function shortId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 12);
}

/** `8080→80`, `53→53/udp`; the same port on several addresses counts once. Exposed ports that are not published are left out. */
export function formatPorts(ports: readonly Port[]): string {
  const texts = ports
    .filter((port) => port.host !== undefined)
    .map((port) => `${port.host}→${port.container}${port.protocol === 'tcp' ? '' : `/${port.protocol}`}`);
  return [...new Set(texts)].join(', ');
}

/** The state in one or two words, with the exit code where there is one. */
export function formatState(container: Container): string {
  switch (container.state) {
    case 'running':
      return container.health === 'unhealthy'
        ? t('unhealthy')
        : container.health === 'starting'
          ? t('starting')
          : t('running');
    case 'exited':
      return container.exitCode === undefined ? t('exited') : t('exited ({0})', container.exitCode);
    case 'created':
      return t('created');
    case 'paused':
      return t('paused');
    case 'restarting':
      return t('restarting');
    case 'removing':
      return t('being removed');
    case 'dead':
      return t('dead');
  }
}
