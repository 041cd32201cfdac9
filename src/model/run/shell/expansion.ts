// What stands for something else in a command line: variables, the working folder, the home folder. The rest is refused by name.
import { t } from '../../l10n.ts';
import { plain } from '../../text.ts';
import { refused } from '../refused.ts';
import type { Dialect } from './snippet.ts';

export interface ShellContext {
  /** The environment of the person. */
  env: Readonly<Record<string, string | undefined>>;
  /** What `$PWD` and `$(pwd)` stand for. */
  workspaceFolder?: string;
  /** What `~` and `$HOME` stand for. */
  home?: string;
}

export interface Expansion {
  value: string;
  /** Of what stood in the text. */
  length: number;
  /** Whether a shell would split the value at blanks. Folders are kept whole, whatever a shell does, because nobody means it. */
  splits: boolean;
}

const workingFolder = /^(?:\$\(\s*pwd\s*\)|`\s*pwd\s*`|\$PWD\b|\$\{PWD\})/;
const windowsWorkingFolder = /^(?:\$\(\s*pwd\s*\)|\$PWD\b|\$\{PWD\}|%cd%)/i;

/**
 * Reads what begins with `$`, a backquote or, for cmd.exe, `%`. `warn` hears of a variable that is not set.
 * Throws a UserError (`run-line`) for all that only a shell could do.
 */
export function expansionAt(
  rest: string,
  dialect: Dialect,
  context: ShellContext,
  warn: (sentence: string) => void,
): Expansion {
  const [pwd] = (dialect === 'posix' ? workingFolder : windowsWorkingFolder).exec(rest) ?? [];
  if (pwd !== undefined) {
    return { value: folder(pwd, context), length: pwd.length, splits: false };
  }
  // $env:NAME is how PowerShell writes a variable of the environment.
  const [whole, ...names] = /^(?:\$\{(?:env:)?([A-Za-z_]\w*)\}|\$(?:env:)?([A-Za-z_]\w*)|%(\w+)%)/i.exec(rest) ?? [];
  const name = names.find((part) => part !== undefined);
  if (whole !== undefined && name !== undefined) {
    const isHome = name === 'HOME' || (dialect !== 'posix' && name.toUpperCase() === 'HOME');
    const value = (isHome ? context.home : undefined) ?? lookUp(name, dialect, context);
    if (value === undefined) {
      warn(t('The variable {0} is not set; nothing was put in its place.', name));
    }
    return { value: value ?? '', length: whole.length, splits: !isHome };
  }
  const [special] = /^(?:\$(?:\([^)]*\)*|\{[^}]*\}?|[@*#?$!\d-])|`[^`]*`?)/.exec(rest) ?? [];
  if (special !== undefined) {
    throw refused(
      t(
        '"{0}" is for a shell, and no shell is used here. Put its value there instead; only variables, $PWD and $(pwd) are filled in.',
        plain(special, 80),
      ),
    );
  }
  return { value: rest.charAt(0), length: 1, splits: false };
}

/** What the `~` at the start of a word stands for. */
export function tildeAt(rest: string, context: ShellContext): string {
  const [whole = '', user] = /^~([^/\s'"\\$:]*)/.exec(rest) ?? [];
  if (user) {
    throw refused(t('"{0}" stands for another person\'s home folder. Write the whole path instead.', plain(whole, 80)));
  }
  if (!/^~(?:[/\s]|$)/.test(rest)) {
    return '~';
  }
  if (context.home === undefined) {
    throw refused(t('"~" stands for the home folder, which is not known here. Write the whole path instead.'));
  }
  return context.home;
}

function lookUp(name: string, dialect: Dialect, { env }: ShellContext): string | undefined {
  // Windows does not tell the case of names apart.
  const other =
    dialect === 'posix' ? undefined : Object.keys(env).find((key) => key.toUpperCase() === name.toUpperCase());
  return env[name] ?? (other === undefined ? undefined : env[other]);
}

function folder(part: string, { workspaceFolder }: ShellContext): string {
  if (workspaceFolder === undefined) {
    throw refused(
      t('"{0}" stands for the workspace folder, and no folder is open. Open a folder, or write the whole path.', part),
    );
  }
  return workspaceFolder;
}
