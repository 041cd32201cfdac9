// The section "Health" of the run form: how the engine finds out whether it works.
import { t } from '../../../l10n.ts';
import type { Section } from './field.ts';

export const healthSection: Section = {
  title: () => t('Health'),
  fields: [
    {
      id: 'healthCmd',
      kind: 'text',
      flag: '--health-cmd',
      note: 'instruction.healthcheck',
      label: () => t('Health Command'),
      hint: () => t('Run by the shell inside the container from time to time; exit code 0 means healthy.'),
      placeholder: 'curl -f http://localhost/',
    },
    {
      id: 'healthInterval',
      kind: 'text',
      flag: '--health-interval',
      note: 'flag.healthcheck.interval',
      label: () => t('Health Interval'),
      hint: () => t('Time between two checks.'),
      placeholder: '30s',
    },
    {
      id: 'healthTimeout',
      kind: 'text',
      flag: '--health-timeout',
      note: 'flag.healthcheck.timeout',
      label: () => t('Health Timeout'),
      hint: () => t('Time that one check may take.'),
      placeholder: '30s',
    },
    {
      id: 'healthStartPeriod',
      kind: 'text',
      flag: '--health-start-period',
      note: 'flag.healthcheck.start-period',
      label: () => t('Health Start Period'),
      hint: () => t('Time after the start in which failed checks do not count.'),
      placeholder: '1m',
    },
    {
      id: 'healthRetries',
      kind: 'number',
      flag: '--health-retries',
      note: 'flag.healthcheck.retries',
      label: () => t('Health Retries'),
      hint: () => t('Failed checks in a row that make it unhealthy.'),
      placeholder: '3',
    },
    {
      id: 'noHealthcheck',
      kind: 'switch',
      flag: '--no-healthcheck',
      note: 'word.none',
      label: () => t('No Health Check'),
      hint: () => t('Turns the check of the image off.'),
    },
  ],
};
