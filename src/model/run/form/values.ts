// The run form's fields over run options: what each shows, what a change of it means, and what is wrong with it.

import { messageOf, UserError } from '../../errors.ts';
import { t } from '../../l10n.ts';
import { mapOf } from '../../pairs.ts';
import { createBody } from '../create/body.ts';
import { parseRunLine } from '../line.ts';
import type { RunOptions } from '../options.ts';
import { integerOf, shown } from '../parse.ts';
import { joinWords, splitWords } from '../shell/split.ts';
import { optionsToLine } from '../toLine.ts';
import { type FormField, formFields } from './fields.ts';
import { type PublishedPort, portClashes } from './ports.ts';

/** What a field holds: a text, the rows of a list, or whether a switch is on. */
export type FieldValue = string | readonly string[] | boolean;

/** What the form knows of the engine and this machine, to check against. */
export interface FormFacts {
  apiVersion?: string;
  images: readonly string[];
  containers: readonly string[];
  volumes: readonly string[];
  networks: readonly string[];
  published: readonly PublishedPort[];
  home?: string;
  workspaceFolder?: string;
}

/** `error` keeps it from running; a `warning` only tells. */
export interface Problem {
  level: 'error' | 'warning';
  text: string;
}

/** What the field shows of the options. */
export function fieldValue(options: RunOptions, field: FormField): FieldValue {
  switch (field.kind) {
    case 'text':
    case 'choice':
      return options[field.id] ?? '';
    case 'number': {
      const value = options[field.id];
      return value === undefined ? '' : String(value);
    }
    case 'words':
      return joinWords(options[field.id] ?? []);
    case 'list':
      return options[field.id] ?? [];
    case 'networks':
      return [...(options.network === undefined ? [] : [options.network]), ...(options.otherNetworks ?? [])];
    case 'map':
      return Object.entries(options[field.id] ?? {}).map(([name, value]) => (value === '' ? name : `${name}=${value}`));
    case 'switch':
      return options[field.id] === true;
    case 'flags':
      return flagsText(options);
  }
}

/**
 * The options with another value in the field; an empty one takes the option away.
 * Throws a UserError for other flags that cannot be read; a number that is none counts as empty.
 */
export function withField(options: RunOptions, field: FormField, value: FieldValue): RunOptions {
  const text = typeof value === 'string' ? value.trim() : '';
  const rows = typeof value === 'object' ? value.map((row) => row.trim()).filter((row) => row !== '') : [];
  switch (field.kind) {
    case 'text':
      return field.id === 'image' ? { ...options, image: text } : put(options, { [field.id]: text || undefined });
    case 'choice':
      return put(options, { [field.id]: text || undefined });
    case 'number':
      return put(options, { [field.id]: integerOf(text) });
    case 'words': {
      const words = splitWords(text);
      return put(options, { [field.id]: words.length > 0 ? words : undefined });
    }
    case 'list':
      return put(options, { [field.id]: rows.length > 0 ? rows : undefined });
    case 'networks': {
      const [network, ...others] = rows;
      return put(options, { network, otherNetworks: others.length > 0 ? others : undefined });
    }
    case 'map':
      return put(options, { [field.id]: rows.length > 0 ? mapOf(rows) : undefined });
    case 'switch':
      return put(options, { [field.id]: value === true ? true : undefined });
    case 'flags':
      return withFlags(options, text);
  }
}

/** What is wrong with the field's rows (or its only value), one entry for each. */
export function fieldProblems(field: FormField, value: FieldValue, facts: FormFacts): (Problem | undefined)[] {
  const values = typeof value === 'object' ? value : [typeof value === 'string' ? value : ''];
  const problems = values.map((row) => problemOf(field, row, facts));
  if (field.id !== 'ports') {
    return problems;
  }
  const clashes = portClashes(values, facts.published);
  return problems.map((problem, index) => problem ?? warning(clashes[index]));
}

/** What is wrong with the options as a whole, such as two flags that exclude each other. */
export function formProblem(options: RunOptions, { apiVersion }: FormFacts): string | undefined {
  const {
    envFiles: _envFiles,
    labelFiles: _labelFiles,
    securityOptions = [],
    otherNetworks: _others,
    ...rest
  } = options;
  // Files are read only when it runs.
  const inline = securityOptions.filter((option) => !option.startsWith('seccomp'));
  return refusal(() =>
    createBody({ ...rest, securityOptions: inline, image: rest.image || 'image' }, apiVersion ? { apiVersion } : {}),
  );
}

/**
 * A volume as it is kept: a host folder that begins with `~` or `.`, or with the workspace folder's variable, is written
 * out in full, because the engine knows neither.
 */
export function fullVolume(
  text: string,
  { home, workspaceFolder }: Pick<FormFacts, 'home' | 'workspaceFolder'>,
): string {
  const from = (folder: string | undefined, rest: string) =>
    folder === undefined ? text : `${folder.replace(/[\\/]$/, '')}${rest}`;
  const [, homeRest] = /^(?:~|\$HOME|\$\{HOME\})(?=[\\/:])(.*)$/.exec(text) ?? [];
  if (homeRest !== undefined) {
    return from(home, homeRest);
  }
  const [, rest] = /^(?:\$PWD|\$\{PWD\}|\$\(pwd\)|\.)(?=[\\/:])(.*)$/.exec(text) ?? [];
  return rest === undefined ? text : from(workspaceFolder, rest);
}

function problemOf(field: FormField, text: string, facts: FormFacts): Problem | undefined {
  if (text.trim() === '') {
    return field.id === 'image' ? error(t('Name the image that the container is to run.')) : undefined;
  }
  if (field.kind === 'number') {
    return integerOf(text.trim()) === undefined ? error(t('"{0}" is not a whole number.', shown(text))) : undefined;
  }
  if (field.id === 'name' && facts.containers.includes(text.trim())) {
    return warning(t('A container has this name already. Choose another one, or remove that container.'));
  }
  if (field.kind === 'flags') {
    return error(refusal(() => withFlags({ image: 'image' }, text)));
  }
  if (field.id === 'envFiles' || field.id === 'securityOptions') {
    return undefined;
  }
  const row = field.id === 'volumes' ? fullVolume(text.trim(), facts) : text;
  const single = withField({ image: 'image' }, field, typeOf(field) === 'rows' ? [row] : row);
  return error(refusal(() => createBody(single, facts.apiVersion ? { apiVersion: facts.apiVersion } : {})));
}

function typeOf({ kind }: FormField): 'rows' | 'text' {
  return kind === 'list' || kind === 'map' || kind === 'networks' ? 'rows' : 'text';
}

/** Options that have a field of their own. */
const ownFields = new Set<string>(['otherNetworks', ...formFields.map(({ id }) => id)]);

/** What a switch cannot say: an init that is turned off, where the engine would have one. */
function hasField(name: string, value: unknown): boolean {
  return ownFields.has(name) && !(name === 'init' && value === false);
}

function flagsText(options: RunOptions): string {
  const rest = Object.entries(options).filter(([name, value]) => !hasField(name, value));
  const line = optionsToLine({ ...(Object.fromEntries(rest) as Partial<RunOptions>), image: 'image' });
  return line.replace(/^docker run ?/, '').replace(/ ?image$/, '');
}

/** A flag that has a field of its own goes into that field. */
function withFlags(options: RunOptions, text: string): RunOptions {
  const own = Object.fromEntries(Object.entries(options).filter(([name, value]) => hasField(name, value)));
  const base = own as Partial<RunOptions> as RunOptions;
  if (text === '') {
    return base;
  }
  const { options: read } = parseRunLine(`docker run ${text} image`, { env: {} });
  if (read.image !== 'image' || read.command) {
    throw new UserError('run-flags', t('"{0}" is no flag. Only flags stand here.', shown(read.image)));
  }
  const { image: _image, ...more } = read;
  return { ...base, ...more };
}

/** Sets options; an undefined one goes. */
function put(options: RunOptions, change: Record<string, unknown>): RunOptions {
  const all = Object.entries({ ...options, ...change }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(all) as unknown as RunOptions;
}

function refusal(attempt: () => unknown): string | undefined {
  try {
    attempt();
    return undefined;
  } catch (failure) {
    return messageOf(failure);
  }
}

function error(text: string | undefined): Problem | undefined {
  return text === undefined ? undefined : { level: 'error', text };
}

function warning(text: string | undefined): Problem | undefined {
  return text === undefined ? undefined : { level: 'warning', text };
}
