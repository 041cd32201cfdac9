// What is said of an engine in rows, choices and the status bar.

import { t } from '../l10n.ts';
import { plain } from '../text.ts';
import type { FoundEngine } from './endpoint.ts';
import { engineHelp } from './problems.ts';

/** A short name: the context's, or where the address was found, or the address. */
export function engineLabel({ source, context, url }: Pick<FoundEngine, 'source' | 'context' | 'url'>): string {
  switch (source) {
    case 'setting':
      return t('From the setting');
    case 'DOCKER_HOST':
      return 'DOCKER_HOST';
    case 'context':
      return plain(context ?? '', 200);
    default:
      return plain(url.replace(/^unix:\/\//, ''), 200);
  }
}

/** What is to be said first of an engine, in a few words. */
export function engineState({ state, facts, problem, reason = '', endpoint, dataRootBefore }: FoundEngine): string {
  switch (state) {
    case 'unknown':
      return '';
    case 'asking':
      return t('asking…');
    case 'reachable':
      return [
        [facts?.name.replace(/ - .*$/, ''), facts?.version].filter(Boolean).join(' '),
        facts?.storageDriver ?? '',
        dataRootBefore ? t('its data lies elsewhere now') : '',
      ]
        .map((part) => plain(part, 100))
        .filter(Boolean)
        .join(' · ');
    case 'unreachable':
      return problem ? engineHelp(problem, endpoint, reason).title : '';
  }
}

/** Why tcp without TLS is dangerous: field notes [001] and [003]. */
export function openToAllText(url: string): string {
  return t(
    'The engine at {0} speaks plain tcp: everybody who reaches this port controls it, and with it the machine that it runs on. Use TLS on port 2376, or ssh.',
    plain(url, 200),
  );
}
