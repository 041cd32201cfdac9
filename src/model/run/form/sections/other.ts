// The section "More" of the run form: logs, and every flag without a field of its own.
import { t } from '../../../l10n.ts';
import type { Section } from './field.ts';

export const otherSection: Section = {
  title: () => t('More'),
  fields: [
    {
      id: 'logDriver',
      kind: 'text',
      flag: '--log-driver',
      note: 'run.logs',
      label: () => t('Log Driver'),
      hint: () => t("Where its output goes. Empty: the engine's own choice."),
      placeholder: 'local',
    },
    {
      id: 'logOptions',
      kind: 'map',
      flag: '--log-opt',
      note: 'run.logs',
      label: () => t('Log Options'),
      hint: () => t('Settings of the log driver, as name=value.'),
      placeholder: 'max-size=10m',
      add: () => t('Add Option'),
    },
    {
      id: 'flags',
      kind: 'flags',
      flag: 'FLAGS',
      note: 'run.shape',
      label: () => t('Other Flags'),
      hint: () => t('Every other flag of docker run, as on the line.'),
      placeholder: '--ipc host --sysctl net.core.somaxconn=1024',
    },
  ],
};
