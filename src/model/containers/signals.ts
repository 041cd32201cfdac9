// The signals that are offered, for stopping and for killing: one list.
import { t } from '../l10n.ts';

export interface SignalOffer {
  name: string;
  meaning: string;
}

/** What ends a container in order comes first. */
export function signalOffers(): SignalOffer[] {
  return [
    { name: 'SIGTERM', meaning: t('Asks it to end, as a stop does') },
    { name: 'SIGINT', meaning: t('As Ctrl-C in a terminal') },
    { name: 'SIGQUIT', meaning: t('Ends it; some runtimes print what they are doing') },
    { name: 'SIGHUP', meaning: t('Many services read their configuration again') },
    { name: 'SIGUSR1', meaning: t('Its meaning is up to the program') },
    { name: 'SIGUSR2', meaning: t('Its meaning is up to the program') },
    { name: 'SIGKILL', meaning: t('Ends it at once; it cannot save anything first') },
  ];
}

/** The signals that are known by number, as Linux counts them, without `SIG`. */
export const signalNumbers: Readonly<Record<number, string>> = {
  1: 'HUP',
  2: 'INT',
  3: 'QUIT',
  9: 'KILL',
  10: 'USR1',
  12: 'USR2',
  15: 'TERM',
  19: 'STOP',
  28: 'WINCH',
  34: 'RTMIN',
};

/** A signal by its whole name: `15`, `term` and `SIGTERM` are `SIGTERM`. A number that is not known comes back behind `SIG`. */
export function signalName(text: string): string {
  const word = text.trim().toUpperCase();
  const name = /^\d+$/.test(word) ? (signalNumbers[Number(word)] ?? word) : word;
  return `SIG${name.replace(/^SIG/, '')}`;
}
