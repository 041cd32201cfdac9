// A `docker run` or `docker create` line turned into run options, without a shell and without the docker program.
import { t } from '../l10n.ts';
import { pairOf, putPair } from '../pairs.ts';
import { foldFiles, withValue } from './clientFiles.ts';
import { findRunFlag, isSwitch, type RunFlag } from './flagTable.ts';
import type { RunOptions } from './options.ts';
import { booleanOf, integerOf, shown } from './parse.ts';
import { type Command, commandOf } from './prefix.ts';
import { refused } from './refused.ts';
import { type ShellContext, shellWords } from './shell/commandLine.ts';

export interface RunLineContext extends ShellContext {
  /**
   * The text of a file of this machine, for `--env-file` and the like; throws when it cannot be read.
   * The path is as it stands in the line; one that is not absolute begins at the workspace folder.
   */
  readFile?: (path: string) => string;
}

export interface RunLine {
  command: 'run' | 'create';
  options: RunOptions;
  /** Whole sentences: what was not honoured, or not as a shell would have. */
  warnings: string[];
}

/**
 * Reads the line. Options, their values' forms apart (`createBody` looks at these), are checked here.
 * Without `context.readFile`, files stay named in the options for `foldFiles`.
 * Throws a UserError: `run-line` names the part that is refused, `run-file` the file that cannot be read.
 */
export function parseRunLine(line: string, context: RunLineContext): RunLine {
  const warnings = new Set<string>();
  const warn = (sentence: string) => {
    warnings.add(sentence);
  };
  const { command, words, env } = commandOf(shellWords(line, context, warn), context, warn);
  const options = readOptions(words, command, warn);
  finish(options, env, context);
  const { readFile } = context;
  return { command, options: readFile ? foldFiles(options, { env, readFile }) : options, warnings: [...warnings] };
}

function readOptions(
  words: readonly string[],
  command: Command['command'],
  warn: (sentence: string) => void,
): RunOptions {
  const options: RunOptions = { image: '' };
  let at = 0;
  const find = (name: string, written: string): RunFlag => {
    const flag = findRunFlag(name);
    if (!flag || (flag.runOnly && command === 'create')) {
      throw refused(t('"{0}" is not a flag of docker {1}.', shown(written), command));
    }
    return flag;
  };
  const valueAfter = (flag: RunFlag): string => {
    const value = words[at++];
    if (value === undefined) {
      throw refused(t('"--{0}" needs a value behind it.', flag.name));
    }
    return value;
  };
  for (let word = words[at]; word !== undefined && word.length > 1 && word.startsWith('-'); word = words[at]) {
    at++;
    if (word === '--') {
      break;
    }
    if (word.startsWith('--')) {
      const [name, given] = pairOf(word.slice(2));
      const flag = name.length > 1 ? find(name, `--${name}`) : undefined;
      if (!flag) {
        throw refused(t('"{0}" is not a flag of docker {1}.', shown(word), command));
      }
      set(options, flag, given ?? (isSwitch(flag) ? 'true' : valueAfter(flag)), warn);
      continue;
    }
    // A cluster: switches, and at its end one flag with its value, joined, after "=" or in the next word.
    for (let rest = word.slice(1); rest !== ''; ) {
      const flag = find(rest.charAt(0), `-${rest.charAt(0)}`);
      rest = rest.slice(1);
      if (rest.startsWith('=')) {
        set(options, flag, rest.slice(1), warn);
        rest = '';
      } else if (isSwitch(flag)) {
        set(options, flag, 'true', warn);
      } else {
        set(options, flag, rest || valueAfter(flag), warn);
        rest = '';
      }
    }
  }
  const [image = '', ...rest] = words.slice(at);
  if (/^[\u2010-\u2015\u2212]/.test(image)) {
    throw refused(t('"{0}" begins with a dash that is not "-". Write the flag with plain hyphens.', shown(image)));
  }
  if (image.trim() === '') {
    throw refused(t('The line names no image. Write it after the options, for example docker run -it busybox.'));
  }
  options.image = image;
  return rest.length > 0 ? Object.assign(options, { command: rest }) : options;
}

function set(options: RunOptions, flag: RunFlag, value: string, warn: (sentence: string) => void): void {
  switch (flag.kind) {
    case 'switch': {
      const on = switchValue(flag, value);
      // Init alone is known in three states: the engine may have it on for all containers.
      if (on || flag.field === 'init') {
        options[flag.field] = on;
      } else {
        delete options[flag.field];
      }
      return;
    }
    case 'text':
      options[flag.field] = value;
      return;
    case 'number': {
      const number = integerOf(value);
      if (number === undefined) {
        throw refused(t('"{0}" is not a whole number, and "--{1}" needs one.', shown(value), flag.name));
      }
      options[flag.field] = number;
      return;
    }
    case 'list':
      listOf(options, flag.field).push(value);
      return;
    case 'map':
      options[flag.field] = putPair(options[flag.field] ?? {}, value);
      return;
    case 'entrypoint':
      options.entrypoint = [value];
      return;
    case 'network':
      if (options.network === undefined) {
        options.network = value;
      } else {
        listOf(options, 'otherNetworks').push(value);
      }
      return;
    case 'pull':
      if (value !== 'always' && value !== 'missing' && value !== 'never') {
        throw refused(t('"{0}" is not a way to pull. Use always, missing or never.', shown(value)));
      }
      options.pull = value;
      return;
    case 'client':
      setClient(flag, value, warn);
  }
}

type ListField = Extract<RunFlag, { kind: 'list' }>['field'];

/** The list of an option, made where there is none yet. */
function listOf(options: RunOptions, field: ListField | 'otherNetworks'): string[] {
  const list = options[field] ?? [];
  options[field] = list;
  return list;
}

/** What concerns the docker program alone: it is named, or refused where leaving it out would mislead. */
function setClient(flag: RunFlag, value: string, warn: (sentence: string) => void): void {
  const on = isSwitch(flag) && switchValue(flag, value);
  switch (flag.name) {
    case 'help':
      throw refused(t('"--help" shows how docker run is used and runs nothing. Remove it.'));
    case 'use-api-socket':
      if (on) {
        throw refused(
          t(
            '"--use-api-socket" would copy your registry passwords into the container, which is not done here. Write -v /var/run/docker.sock:/var/run/docker.sock to give it the engine\'s socket.',
          ),
        );
      }
      return;
    case 'disable-content-trust':
      if (!on) {
        throw refused(
          t(
            '"--disable-content-trust=false" asks for the image\'s signature to be checked, which is not done here. Remove it if you trust the image.',
          ),
        );
      }
      return;
    case 'cidfile':
      warn(t('"--cidfile" is not honoured: no file with the container\'s id is written to {0}.', shown(value)));
      return;
    default:
      warn(t('"--{0}" concerns the docker program alone and has no effect here.', flag.name));
  }
}

function switchValue(flag: RunFlag, value: string): boolean {
  const on = booleanOf(value);
  if (on === undefined) {
    throw refused(t('"{0}" is neither true nor false, and "--{1}" needs one of them.', shown(value), flag.name));
  }
  return on;
}

/** Brings what was collected into the forms that run options have. */
function finish(options: RunOptions, env: RunLineContext['env'], context: RunLineContext): void {
  if (options.stdin && options.tty) {
    delete options.stdin;
    delete options.tty;
    options.interactive = true;
  }
  if (options.env) {
    // The last of a name wins, as it does for the docker client.
    options.env = [...new Map(options.env.map((variable) => [pairOf(variable)[0], withValue(variable, env)])).values()];
  }
  if (options.volumes) {
    options.volumes = options.volumes.map((volume) =>
      volume.replace(/^\.[^:]*(?=:)/, (path) => absolute(path, context)),
    );
  }
  if (options.mounts) {
    options.mounts = options.mounts.map((mount) =>
      mount.replace(/(?<=(?:^|,)"?(?:source|src)=)\.(?:[\\/][^,"]*|(?=[",]|$))/i, (path) => absolute(path, context)),
    );
  }
}

/** A path that begins with a dot, taken from the workspace folder as the docker client takes it from the working one. */
function absolute(path: string, { workspaceFolder }: RunLineContext): string {
  if (workspaceFolder === undefined) {
    throw refused(
      t(
        '"{0}" is a path from the workspace folder, and no folder is open. Open a folder, or write the whole path.',
        shown(path),
      ),
    );
  }
  const windows = /^[A-Za-z]:|^\\\\/.test(workspaceFolder);
  const separator = windows ? '\\' : '/';
  const parts = workspaceFolder.split(windows ? /[\\/]/ : '/');
  for (const part of path.split(windows ? /[\\/]/ : '/')) {
    if (part === '..') {
      parts.pop();
    } else if (part !== '.' && part !== '') {
      parts.push(part);
    }
  }
  return parts.filter((part, index) => part !== '' || index === 0).join(separator) || separator;
}
