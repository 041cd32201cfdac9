// Run options, or a container as the engine describes it, written as a `docker run` line.

import { hidden } from '../hidden.ts';
import { type RunFlag, runFlags } from './flagTable.ts';
import { type EngineDefaults, fromInspect } from './inspect/toOptions.ts';
import type { RunOptions } from './options.ts';
import { joinWords } from './shell/split.ts';

export interface LineForm {
  command?: 'run' | 'create';
  /** One flag a line, with `\` at the ends. */
  multiline?: boolean;
}

/**
 * The line that makes a container like this one, from the answers of `GET /containers/{id}/json` and `GET /images/{id}/json`.
 * What the image says, and what the engine fills in by itself, is left out. With `info` (`GET /info`) the engine's own defaults are known.
 */
export function toRunLine(container: unknown, image: unknown, form: LineForm & EngineDefaults = {}): string {
  return optionsToLine(fromInspect(container, image, form), form);
}

/** The line that says these options, with the flags in a fixed order. */
export function optionsToLine(options: RunOptions, { command = 'run', multiline = false }: LineForm = {}): string {
  const known = runFlags.filter((flag) => !(flag.runOnly && command === 'create'));
  const parts = [
    ...together(known, options).map(quoted),
    // Only the first word of an entrypoint fits into its flag; the others come before the command's.
    quoted([options.image, ...(options.entrypoint?.slice(1) ?? []), ...(options.command ?? [])]),
  ];
  return [`docker ${command}`, ...parts].join(multiline ? ' \\\n  ' : ' ');
}

/** Control characters other than line ends and tabs, and characters that are not seen or change the direction of text. */
const controls = new RegExp(String.raw`[\u0000-\u0008\u000b-\u001f\u007f-\u009f${hidden}]`, 'gu');

/** The words as a POSIX shell reads them. A percent sign is kept from cmd.exe too, which would fill in a variable. */
function quoted(words: readonly string[]): string {
  return words
    .map((word) => {
      // A terminal that the line is pasted into would act on them, and a reader be misled.
      if (word.search(controls) >= 0) {
        return `$'${word.replace(/[\\']/g, '\\$&').replace(controls, escapeOf)}'`;
      }
      return /^[\w@%+=:,./-]*%[\w@%+=:,./-]*$/.test(word) ? `'${word}'` : joinWords([word]);
    })
    .join(' ');
}

function escapeOf(control: string): string {
  const code = control.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** The words of each flag; `-d`, `-i` and `-t` stand together, as everybody writes them. */
function together(flags: readonly RunFlag[], options: RunOptions): string[][] {
  const { interactive = false, stdin = interactive, tty = interactive } = options;
  const all = { ...options, stdin, tty };
  const cluster = flags.filter((flag) => flag.kind === 'switch' && flag.short && flag.short !== 'P' && all[flag.field]);
  const rest = flags.filter((flag) => !(flag.kind === 'switch' && flag.short && flag.short !== 'P'));
  return [
    ...(cluster.length > 0 ? [[`-${cluster.map(({ short }) => short).join('')}`]] : []),
    ...rest.flatMap((flag) => wordsOf(flag, all)),
  ];
}

/** Flags that are known better by their letter. */
const byLetter = new Set([
  'publish',
  'publish-all',
  'env',
  'volume',
  'user',
  'workdir',
  'memory',
  'hostname',
  'label',
  'attach',
]);

function wordsOf(flag: RunFlag, options: RunOptions): string[][] {
  const name = flag.short && byLetter.has(flag.name) ? `-${flag.short}` : `--${flag.name}`;
  // A value that begins with a dash would be read as a flag by people, if not by the program.
  const pair = (value: string) =>
    value.startsWith('-') && name.startsWith('--') ? [`${name}=${value}`] : [name, value];
  switch (flag.kind) {
    case 'switch': {
      const on = options[flag.field];
      return on ? [[name]] : on === false && flag.field === 'init' ? [[`${name}=false`]] : [];
    }
    case 'text': {
      const value = options[flag.field];
      return value === undefined ? [] : [pair(value)];
    }
    case 'number': {
      const value = options[flag.field];
      return value === undefined ? [] : [pair(String(value))];
    }
    case 'list':
      return (options[flag.field] ?? []).map(pair);
    case 'map':
      return Object.entries(options[flag.field] ?? {}).map(([key, value]) =>
        pair(value === '' && flag.name !== 'sysctl' && flag.name !== 'storage-opt' ? key : `${key}=${value}`),
      );
    case 'entrypoint':
      return options.entrypoint ? [pair(options.entrypoint[0] ?? '')] : [];
    case 'network':
      return [...(options.network === undefined ? [] : [options.network]), ...(options.otherNetworks ?? [])].map(pair);
    case 'pull':
      return options.pull ? [pair(options.pull)] : [];
    case 'client':
      return [];
  }
}
