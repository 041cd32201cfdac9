// The section "Limits" of the run form: the most that it may use.
import { t } from '../../../l10n.ts';
import type { Section } from './field.ts';

export const limitsSection: Section = {
  title: () => t('Limits'),
  fields: [
    {
      id: 'memory',
      kind: 'text',
      flag: '--memory -m',
      note: 'run.limits',
      label: () => t('Memory'),
      hint: () => t('The most memory that it may use. A process that wants more is killed.'),
      placeholder: '512m',
    },
    {
      id: 'memorySwap',
      kind: 'text',
      flag: '--memory-swap',
      note: 'run.limits',
      label: () => t('Memory and Swap'),
      hint: () => t('Memory and swap together; the same as the memory means no swap, -1 no limit.'),
      placeholder: '1g',
    },
    {
      id: 'cpus',
      kind: 'text',
      flag: '--cpus',
      note: 'run.limits',
      label: () => t('Processors'),
      hint: () => t('How many processors it may use, also in parts.'),
      placeholder: '1.5',
    },
    {
      id: 'cpusetCpus',
      kind: 'text',
      flag: '--cpuset-cpus',
      note: 'run.limits',
      label: () => t('Which Processors'),
      hint: () => t('The numbers of the processors that it may use.'),
      placeholder: '0-3',
    },
    {
      id: 'pidsLimit',
      kind: 'number',
      flag: '--pids-limit',
      note: 'run.limits',
      label: () => t('Processes'),
      hint: () => t('The most processes and threads that it may have; -1 means no limit.'),
      placeholder: '200',
    },
    {
      id: 'shmSize',
      kind: 'text',
      flag: '--shm-size',
      note: 'run.limits',
      label: () => t('Shared Memory'),
      hint: () => t('The size of /dev/shm, which databases and browsers need. Empty: 64m.'),
      placeholder: '256m',
    },
    {
      id: 'ulimits',
      kind: 'list',
      flag: '--ulimit',
      note: 'run.limits',
      label: () => t('Limits of Processes'),
      hint: () => t('As name=soft:hard, such as the number of open files.'),
      placeholder: 'nofile=1024:2048',
      add: () => t('Add Limit'),
    },
  ],
};
