// The section "Start and End" of the run form: how it starts, and what happens when it ends.
import { t } from '../../../l10n.ts';
import type { Section } from './field.ts';

export const startSection: Section = {
  title: () => t('Start and End'),
  fields: [
    {
      id: 'detach',
      kind: 'switch',
      flag: '--detach -d',
      note: 'run.detach',
      label: () => t('Run in the Background'),
      hint: () => t('The container runs by itself. When this is off, its output opens in a terminal.'),
    },
    {
      id: 'interactive',
      kind: 'switch',
      flag: '--interactive --tty -it',
      note: 'run.interactive',
      label: () => t('Terminal'),
      hint: () => t('Gives the command a terminal and keeps its input open. A shell needs it.'),
    },
    {
      id: 'remove',
      kind: 'switch',
      flag: '--rm',
      note: 'run.rm',
      label: () => t('Remove When It Ends'),
      hint: () => t('The container goes away with its anonymous volumes as soon as it ends.'),
    },
    {
      id: 'restart',
      kind: 'choice',
      flag: '--restart',
      note: 'run.restart',
      label: () => t('Restart Policy'),
      hint: () => t('What the engine does when the container ends.'),
      choices: ['', 'on-failure', 'on-failure:5', 'unless-stopped', 'always'],
    },
    {
      id: 'init',
      kind: 'switch',
      flag: '--init',
      note: 'run.stop',
      label: () => t('Init Process'),
      hint: () => t('A small init becomes process 1: it passes signals on and clears away ended processes.'),
    },
    {
      id: 'stopSignal',
      kind: 'text',
      flag: '--stop-signal',
      note: 'instruction.stopsignal',
      label: () => t('Stop Signal'),
      hint: () => t("The signal that asks the container to end. Empty: the image's own, or SIGTERM."),
      placeholder: 'SIGINT',
    },
    {
      id: 'stopTimeout',
      kind: 'number',
      flag: '--stop-timeout',
      note: 'run.stop',
      label: () => t('Stop Timeout'),
      hint: () => t('Seconds that it has to end by itself before the engine kills it.'),
      placeholder: '10',
    },
  ],
};
