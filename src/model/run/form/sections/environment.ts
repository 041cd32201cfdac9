// The section "Environment and Labels" of the run form: variables and labels.
import { t } from '../../../l10n.ts';
import type { Section } from './field.ts';

export const environmentSection: Section = {
  title: () => t('Environment and Labels'),
  fields: [
    {
      id: 'env',
      kind: 'list',
      flag: '--env -e',
      note: 'run.environment',
      label: () => t('Environment'),
      hint: () => t('Variables as NAME=value. NAME alone passes the value on that it has on this machine.'),
      placeholder: 'NAME=value',
      add: () => t('Add Variable'),
    },
    {
      id: 'envFiles',
      kind: 'list',
      flag: '--env-file',
      note: 'run.environment',
      label: () => t('Environment Files'),
      hint: () => t('Files of this machine with a NAME=value on each line.'),
      placeholder: '.env',
      browse: 'file',
      add: () => t('Add File'),
    },
    {
      id: 'labels',
      kind: 'map',
      flag: '--label -l',
      note: 'instruction.label',
      label: () => t('Labels'),
      hint: () => t('Notes on the container, as name=value, which tools read.'),
      placeholder: 'com.example.team=shop',
      add: () => t('Add Label'),
    },
  ],
};
