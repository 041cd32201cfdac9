// Files that a run line names and the docker client reads: variables, labels, seccomp profiles.
import { messageOf, UserError } from '../errors.ts';
import { t } from '../l10n.ts';
import { mapOf, pairOf } from '../pairs.ts';
import type { RunOptions } from './options.ts';
import { shown } from './parse.ts';

export interface FileContext {
  env: Readonly<Record<string, string | undefined>>;
  /** The text of a file of this machine; throws when it cannot be read. */
  readFile: (path: string) => string;
}

/**
 * The options with the content of their files in place of the files. Variables and labels that stand in the line win
 * over those of a file, as they do in the docker client. Throws a UserError (`run-file`) that names the file.
 */
export function foldFiles(options: RunOptions, context: FileContext): RunOptions {
  const { envFiles = [], labelFiles = [], ...rest } = options;
  const read = (path: string) => readLines(path, context.readFile);
  // In a file, what has no value anywhere is left out; after -e, it takes the image's variable away.
  const variables = envFiles
    .flatMap(read)
    .map((line) => withValue(line, context.env))
    .filter(hasValue);
  const labels = mapOf(labelFiles.flatMap(read).filter(hasValue));
  const security = options.securityOptions?.map((option) => {
    const profile = seccompFile(option);
    return profile === undefined ? option : `seccomp=${compact(profile, context.readFile)}`;
  });
  return {
    ...rest,
    ...(variables.length > 0 && { env: [...variables, ...(options.env ?? [])] }),
    ...(labelFiles.length > 0 && { labels: { ...labels, ...options.labels } }),
    ...(security && { securityOptions: security }),
  };
}

/** The files whose content `foldFiles` asks for. */
export function filesNamed({ envFiles = [], labelFiles = [], securityOptions = [] }: RunOptions): string[] {
  const profiles = securityOptions.map(seccompFile).filter((file) => file !== undefined);
  return [...envFiles, ...labelFiles, ...profiles];
}

/** The file that a security option names, when it names one. */
export function seccompFile(option: string): string | undefined {
  const [, profile] = /^seccomp[=:](?!unconfined$|builtin$|\s*\{)([\s\S]*)$/.exec(option) ?? [];
  return profile;
}

/** A variable without `=` takes its value from the environment, and stays without one where that has none. */
export function withValue(variable: string, env: FileContext['env']): string {
  const [name, value = env[name]] = pairOf(variable);
  return value === undefined ? name : `${name}=${value}`;
}

function hasValue(line: string): boolean {
  return line.includes('=');
}

/** The lines of a file of `NAME=value`: blank lines and comments are left out, values are kept as they are. */
function readLines(path: string, readFile: FileContext['readFile']): string[] {
  const lines = content(path, readFile)
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((line) => line.trimStart())
    .filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => {
    const [name, value] = pairOf(line);
    const trimmed = value === undefined ? name.trimEnd() : name;
    if (trimmed === '' || /[ \t]/.test(trimmed)) {
      throw new UserError(
        'run-file',
        t('The line "{0}" of the file {1} is not NAME=value. Correct it there.', shown(line), shown(path)),
      );
    }
    return value === undefined ? trimmed : line;
  });
}

function compact(path: string, readFile: FileContext['readFile']): string {
  const text = content(path, readFile);
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    throw new UserError(
      'run-file',
      t('The seccomp profile {0} is not JSON. Correct it, or use seccomp=unconfined.', shown(path)),
    );
  }
}

function content(path: string, readFile: FileContext['readFile']): string {
  try {
    return readFile(path);
  } catch (error) {
    throw new UserError('run-file', t('The file {0} cannot be read: {1}', shown(path), messageOf(error)), {
      cause: error,
    });
  }
}
