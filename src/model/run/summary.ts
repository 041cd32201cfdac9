// What a run line would do, in plain lines, for the question before it is run.

import { t } from '../l10n.ts';
import { pairOf } from '../pairs.ts';
import { plain } from '../text.ts';
import { type RunFlag, runFlags } from './flagTable.ts';
import { labelOf } from './form/fields.ts';
import { hostReach, type Surroundings } from './hostReach.ts';
import type { RunOptions } from './options.ts';
import { soundsSecret } from './secrets.ts';
import { joinWords } from './shell/split.ts';

/** Dangers, values of one option, and warnings that are told one by one; the rest is counted. */
const max = { dangers: 20, values: 8, warnings: 8 };

/**
 * What it would reach of the host, the worst first and each marked; then every option that the line sets, by its name in
 * the form or as a flag; then what of the line is not honoured. Lists are cut, but say how much is left out. One fact a line.
 */
export function runSummary(options: RunOptions, warnings: readonly string[], around: Surroundings = {}): string {
  const dangers = hostReach(options, around);
  const { image, command, interactive } = options;
  const parts = [
    atMost(dangers, max.dangers, (left) => t('⚠ And {0} more of these.', left)),
    [
      t('Image: {0}', plain(image, 300)),
      ...(command ? [t('Command: {0}', plain(joinWords(command), 600))] : []),
      ...(interactive ? [labelOf('interactive')] : []),
      ...runFlags.flatMap((flag) => rowOf(flag, options)),
    ],
    atMost(
      warnings.map((warning) => `⚠ ${plain(warning, 300)}`),
      max.warnings,
      (left) => t('⚠ And {0} more of these.', left),
    ),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** The row of an option that is set. */
function rowOf(flag: RunFlag, options: RunOptions): string[] {
  const name = labelOf('field' in flag ? flag.field : flag.kind);
  const row = (values: readonly string[]) => (values.length > 0 ? [t('{0}: {1}', name, listed(values))] : []);
  switch (flag.kind) {
    case 'switch': {
      const on = options[flag.field];
      return on === undefined ? [] : on ? [name] : [`--${flag.name}=false`];
    }
    case 'text':
    case 'number': {
      const value = options[flag.field];
      return value === undefined ? [] : row([String(value)]);
    }
    case 'list':
      return row(flag.field === 'env' ? variables(options.env) : (options[flag.field] ?? []));
    case 'map':
      return row(
        Object.entries(options[flag.field] ?? {}).map(([key, value]) => (value === '' ? key : `${key}=${value}`)),
      );
    case 'entrypoint':
      return options.entrypoint ? row([joinWords(options.entrypoint)]) : [];
    case 'network':
      return row([...(options.network === undefined ? [] : [options.network]), ...(options.otherNetworks ?? [])]);
    case 'pull':
      return options.pull ? row([options.pull]) : [];
    case 'client':
      return [];
  }
}

/** Their names alone, those that sound like a secret first: a line can take it from the environment of the person. */
function variables(env: readonly string[] = []): string[] {
  const names = env.map((variable) => pairOf(variable)[0]);
  return [...names.filter(soundsSecret), ...names.filter((name) => !soundsSecret(name))];
}

function listed(values: readonly string[]): string {
  const shown = values.slice(0, max.values).map((value) => plain(value, 160));
  const left = values.length - shown.length;
  return left > 0 ? t('{0} and {1} more', shown.join(', '), left) : shown.join(', ');
}

function atMost(lines: readonly string[], limit: number, rest: (left: number) => string): string[] {
  return lines.length > limit ? [...lines.slice(0, limit), rest(lines.length - limit)] : [...lines];
}
