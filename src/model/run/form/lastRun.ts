// What is remembered of a run: names, and values only where they are no secrets; the others are asked for again.

import { mapOf, pairOf } from '../../pairs.ts';
import { fields, same, texts } from '../../untyped.ts';
import { type RunFlag, runFlags } from '../flagTable.ts';
import type { RunOptions } from '../options.ts';
import { readRunOptions } from '../readOptions.ts';
import { holdsSecret, looksLikeSecret, looksSecret, withoutSecretPairs, withoutSecretWords } from '../secrets.ts';
import { joinWords, splitWords } from '../shell/split.ts';

/** What was last used with an image. */
export interface Remembered {
  options: RunOptions;
  /** Variables whose values were not kept, because they looked secret. */
  forgot: string[];
  /** Other options of which a value was not kept. */
  dropped: DroppedOption[];
}

/** An option whose values may hold a secret, variables apart. */
export type DroppedOption = Exclude<keyof RunOptions, 'image' | 'env' | 'pull'>;

/** Options that only name things: ports, networks, devices, limits. */
const harmless = new Set<string>([
  ...['name', 'ports', 'expose', 'networkAliases', 'ip', 'ip6', 'linkLocalIps', 'macAddress', 'links', 'dns'],
  ...['volumesFrom', 'devices', 'deviceCgroupRules', 'capAdd', 'capDrop', 'groups', 'pid', 'ipc', 'uts', 'cgroupns'],
]);

/**
 * The options as they are kept. What may be a secret keeps its name alone: variables are named in `forgot`, other options
 * in `dropped`. Options that were kept by an earlier version can be given again: what was left out stays left out.
 */
export function withoutSecrets(options: RunOptions): Remembered {
  const forgot: string[] = [];
  const kept: Record<string, unknown> = { ...options };
  const dropped: DroppedOption[] = [];
  if (options.env) {
    kept.env = options.env.map((variable) => {
      const [name, value = ''] = pairOf(variable);
      if (!looksSecret(name, value) && !holdsSecret(value)) {
        return variable;
      }
      forgot.push(name);
      return `${name}=`;
    });
  }
  const put = (field: DroppedOption, value: unknown, changed: boolean) => {
    if (changed) {
      kept[field] = value;
      dropped.push(field);
    }
  };
  for (const field of ['command', 'entrypoint'] as const) {
    const words = options[field] ?? [];
    const rest = withoutSecretWords(words);
    put(field, rest, !same(rest, words));
  }
  // A script cannot be taken apart and put together again as it was.
  const { healthCmd = '' } = options;
  put('healthCmd', '', healthCmd !== '' && !same(withoutSecretWords(splitWords(healthCmd)), splitWords(healthCmd)));
  for (const flag of runFlags) {
    if (!('field' in flag) || flag.field === 'env' || flag.field === 'healthCmd' || harmless.has(flag.field)) {
      continue;
    }
    const value = options[flag.field];
    if (typeof value === 'string') {
      const rest = withoutSecretText(value);
      put(flag.field, rest, rest !== value);
    } else if (Array.isArray(value)) {
      const rest = value.map(withoutSecretText);
      put(flag.field, rest, !same(rest, value));
    } else if (typeof value === 'object') {
      const entries = Object.entries(value);
      const rest = entries.map(([name, text]) => (looksSecret(name, text) || holdsSecret(text) ? '' : text));
      const names = entries.map(([name], index) => [name, rest[index]] as const);
      put(
        flag.field,
        Object.fromEntries(names),
        entries.some(([, text], index) => text !== rest[index]),
      );
    }
  }
  // Only fields of options were put into it, each with a value of its own kind.
  return { options: kept as unknown as RunOptions, forgot, dropped };
}

/** What was kept, by this version or an earlier one, which kept more. */
export function readRemembered(value: unknown): Remembered {
  const kept = fields(value);
  const { options, forgot, dropped } = withoutSecrets(readRunOptions(kept.options));
  const earlier = texts(kept.dropped).filter(
    (name) => name === 'command' || runFlags.some((flag) => optionOf(flag) === name),
  );
  return {
    options,
    forgot: [...new Set([...texts(kept.forgot), ...forgot])],
    // Each is the name of an option.
    dropped: [...new Set([...(earlier as DroppedOption[]), ...dropped])],
  };
}

function optionOf(flag: RunFlag): string {
  return 'field' in flag ? flag.field : flag.kind;
}

/** Fields such as `password=word` lose their values; a text that has the form of a secret goes whole. */
function withoutSecretText(text: string): string {
  const rest = withoutSecretPairs(text);
  return rest === text && looksLikeSecret(text) ? '' : rest;
}

/** An option as one line of text, to be completed by a person. */
export function optionText(options: RunOptions, field: DroppedOption): string {
  const value = options[field];
  if (typeof value === 'string') {
    return value;
  }
  if (Array.isArray(value)) {
    return joinWords(value);
  }
  return typeof value === 'object'
    ? joinWords(Object.entries(value).map(([name, text]) => (text === '' ? name : `${name}=${text}`)))
    : '';
}

/** The options with what a person made of `optionText`; an empty text takes the option away. */
export function withOptionText(options: RunOptions, field: DroppedOption, text: string): RunOptions {
  const before = options[field];
  const { [field]: _, ...others } = options;
  if (text.trim() === '') {
    return others as RunOptions;
  }
  const value = typeof before === 'string' ? text : Array.isArray(before) ? splitWords(text) : mapOf(splitWords(text));
  return { ...options, [field]: value };
}
