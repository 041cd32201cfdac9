// A command line as found in a README turned into the words that a shell would give to the program, without a shell.
//
// Quotes, escapes and continuation lines work as in a POSIX shell (XCU 2.2); lines made for PowerShell and cmd.exe are
// recognised by their way of continuing or by an unquoted Windows path. Variables and the working folder are filled in;
// everything else that a shell would do is refused by name.
import { UserError } from './errors.ts';
import { t } from './l10n.ts';
import { plain } from './text.ts';

export interface ShellContext {
  /** The environment of the person. */
  env: Readonly<Record<string, string | undefined>>;
  /** What `$PWD` and `$(pwd)` stand for. */
  workspaceFolder?: string;
  /** What `~` and `$HOME` stand for. */
  home?: string;
}

type Dialect = 'posix' | 'powershell' | 'cmd';

/**
 * Splits the line. `warn` hears of what a shell would have changed in ways that cannot be known here.
 * Throws a UserError (`run-line`) that names the part it refuses.
 */
export function shellWords(line: string, context: ShellContext, warn: (sentence: string) => void): string[] {
  const { text, dialect } = prepare(line);
  const escape = dialect === 'powershell' ? '`' : dialect === 'cmd' ? '^' : '\\';
  const words: string[] = [];
  let word: string | undefined;
  /** The part of the word outside quotes, for patterns that quotes would protect. */
  let bare = '';
  let continued = false;
  let i = 0;

  const add = (more: string) => {
    word = (word ?? '') + more;
  };
  const endWord = () => {
    if (word !== undefined) {
      if (/[*?]|\{[^{}\s]*(?:,|\.\.)[^{}\s]*\}/.test(bare)) {
        warn(t('"{0}" is taken as it is written; a shell might have replaced it by several words.', shown(word)));
      }
      words.push(word);
    }
    word = undefined;
    bare = '';
  };
  /** Adds the value of an unquoted variable, which a shell splits at blanks. */
  const addSplit = (value: string) => {
    const parts = value.split(/[ \t\n]+/);
    parts.forEach((part, index) => {
      if (index > 0) {
        endWord();
      }
      if (part !== '') {
        add(part);
      }
    });
  };

  while (i < text.length) {
    const c = text.charAt(i);
    const rest = text.slice(i);
    const next = text.charAt(i + 1);
    const continuation = c === escape ? continuationAt(rest) : undefined;
    if (continuation) {
      if (continuation.blank) {
        endWord();
      }
      i += continuation.length;
      continued = true;
      continue;
    }
    if (c === '\n') {
      const after = withoutComments(text.slice(i));
      if (after !== '') {
        throw refused(t('There is a second command, "{0}". Paste one command at a time; if the line should go on, end it with "\\".', shown(after)));
      }
      break;
    }
    if (/\s/.test(c)) {
      endWord();
      i++;
      continue;
    }
    if (c === '#' && word === undefined) {
      const [comment = ''] = /^[^\n]*\n?/.exec(rest) ?? [];
      // A comment between continued lines ends the command in a shell; who wrote it meant the command to go on.
      const goesOn = comment.trimEnd().endsWith(escape) || (continued && startsLine(text, i));
      i += goesOn ? comment.length : comment.trimEnd().length;
      continue;
    }
    continued = false;
    if (c === "'" && dialect !== 'cmd') {
      const end = text.indexOf("'", i + 1);
      add(text.slice(i + 1, endOfQuote(end)));
      i = end + 1;
    } else if (c === '"') {
      i = readDouble(i + 1);
    } else if (c === '$' && next === "'" && dialect === 'posix') {
      i = readDollarSingle(i + 2);
    } else if (c === escape) {
      add(next);
      i += 2;
    } else if (c === '$' || c === '`' || (c === '%' && dialect === 'cmd')) {
      i = expand(i, false);
    } else if (c === '~' && word === undefined && dialect !== 'cmd') {
      i = readTilde(i);
    } else if ('|&;<>()'.includes(c)) {
      throw operator(rest);
    } else {
      bare += c;
      add(c);
      i++;
    }
  }
  endWord();
  return words;

  function readDouble(from: number): number {
    let at = from;
    add('');
    while (at < text.length) {
      const c = text.charAt(at);
      const next = text.charAt(at + 1);
      if (c === '"') {
        return at + 1;
      }
      if (dialect === 'posix' && c === '\\' && next !== '' && '"\\$`\n'.includes(next)) {
        add(next === '\n' ? '' : next);
        at += 2;
      } else if (dialect === 'powershell' && c === '`') {
        add(next);
        at += 2;
      } else if (dialect !== 'posix' && c === '\\' && next === '"') {
        // The rule of Windows programs for a quote inside quotes.
        add('"');
        at += 2;
      } else if (c === '$' || c === '`' || (c === '%' && dialect === 'cmd')) {
        at = expand(at, true);
      } else {
        add(c);
        at++;
      }
    }
    return endOfQuote(-1);
  }

  function readDollarSingle(from: number): number {
    add('');
    const [body] = /^(?:[^'\\]|\\[^])*(?=')/.exec(text.slice(from)) ?? [];
    if (body === undefined) {
      return endOfQuote(-1);
    }
    add(body.replace(/\\(x[\da-fA-F]{1,2}|u[\da-fA-F]{1,4}|[0-7]{1,3}|[^])/g, (_, code: string) => escaped(code)));
    return from + body.length + 1;
  }

  function readTilde(at: number): number {
    const [whole = '', user = ''] = /^~([^/\s'"\\$:]*)/.exec(text.slice(at)) ?? [];
    if (user) {
      throw refused(t('"{0}" stands for another person\'s home folder. Write the whole path instead.', shown(whole)));
    }
    const after = text.charAt(at + 1);
    if (after !== '' && !/[/\s]/.test(after)) {
      add('~');
    } else if (context.home === undefined) {
      throw refused(t('"~" stands for the home folder, which is not known here. Write the whole path instead.'));
    } else {
      add(context.home);
    }
    return at + 1;
  }

  /** Reads what begins with `$`, a backquote or `%` and adds its value; returns the place behind it. */
  function expand(at: number, quoted: boolean): number {
    const rest = text.slice(at);
    const put = quoted ? add : addSplit;
    if (rest.startsWith('`')) {
      const [whole = '`', command = ''] = /^`([^`]*)`?/.exec(rest) ?? [];
      return command.trim() === 'pwd' ? (add(folder(whole)), at + whole.length) : refuseSubstitution(whole);
    }
    if (rest.startsWith('%')) {
      const [whole, name] = /^%(\w+)%/.exec(rest) ?? [];
      if (whole === undefined || name === undefined) {
        add('%');
        return at + 1;
      }
      add(/^cd$/i.test(name) ? folder(whole) : variable(name));
      return at + whole.length;
    }
    const [working] = /^\$\(\s*pwd\s*\)/i.exec(rest) ?? [];
    if (working) {
      add(folder(working));
      return at + working.length;
    }
    // $env:NAME is how PowerShell writes a variable of the environment.
    const [whole, braced, bareName] = /^\$(?:\{(?:env:)?([A-Za-z_]\w*)\}|(?:env:)?([A-Za-z_]\w*))/i.exec(rest) ?? [];
    const name = braced ?? bareName;
    if (whole !== undefined && name !== undefined) {
      if (isName(name, 'PWD')) {
        add(folder(whole));
      } else if (isName(name, 'HOME') && (context.home ?? lookUp(name)) !== undefined) {
        add(context.home ?? lookUp(name) ?? '');
      } else {
        put(variable(name));
      }
      return at + whole.length;
    }
    const [special] = /^\$(?:\([^)]*\)*|\{[^}]*\}?|[@*#?$!\d-])/.exec(rest) ?? [];
    if (special) {
      return refuseSubstitution(special);
    }
    add('$');
    return at + 1;
  }

  function isName(name: string, wanted: string): boolean {
    return name === wanted || (dialect !== 'posix' && name.toUpperCase() === wanted);
  }

  function lookUp(name: string): string | undefined {
    // Windows does not tell the case of names apart.
    const key = Object.keys(context.env).find((candidate) => isName(name, candidate)) ?? name;
    return context.env[name] ?? context.env[key];
  }

  function variable(name: string): string {
    const value = lookUp(name);
    if (value === undefined) {
      warn(t('The variable {0} is not set; nothing was put in its place.', name));
    }
    return value ?? '';
  }

  function folder(part: string): string {
    if (context.workspaceFolder === undefined) {
      throw refused(t('"{0}" stands for the workspace folder, and no folder is open. Open a folder, or write the whole path.', part));
    }
    return context.workspaceFolder;
  }

  function endOfQuote(end: number): number {
    if (end < 0) {
      throw refused(t('A quote is opened and never closed. Add the closing quote.'));
    }
    return end;
  }
}

function refuseSubstitution(part: string): never {
  throw refused(t('"{0}" is for a shell, and no shell is used here. Put its value there instead; only variables, $PWD and $(pwd) are filled in.', shown(part)));
}

function operator(rest: string): UserError {
  const [sign = ''] = /^(?:\|\||&&|<<<?|>>|<\(|>\(|\d?[<>]&?|[|&;<>()])/.exec(rest) ?? [];
  const part = shown(rest.split('\n', 1)[0] ?? '');
  switch (sign.charAt(0)) {
    case '|':
    case '&':
    case ';':
      return sign === '|'
        ? refused(t('The pipe "{0}" needs a shell, and no shell is used here. Paste the docker command alone.', part))
        : refused(t('"{0}" begins a second command. Paste one command at a time.', part));
    case '<':
    case '>':
      return refused(t('The redirection "{0}" needs a shell, and no shell is used here. Remove it, or put it in quotes if it belongs to the command.', part));
    default:
      return refused(t('"{0}" needs a shell, and no shell is used here. Put it in quotes if it belongs to the command.', part));
  }
}

/** Takes off a Markdown fence, comments in front, and the prompt; tells the dialect. */
function prepare(line: string): { text: string; dialect: Dialect } {
  let text = line
    .replace(/\r\n?/g, '\n')
    .replace(/^\s*(?:```|~~~)[^\n]*\n/, '')
    .replace(/\n[ \t]*(?:```|~~~)\s*$/, '')
    .trim();
  const command = /^(?:sudo|docker|podman)\b/;
  for (let comment = /^#(.*)(?:\n|$)/.exec(text); comment && !command.test(comment[1]?.trim() ?? ''); ) {
    text = text.slice(comment[0].length).trimStart();
    comment = /^#(.*)(?:\n|$)/.exec(text);
  }
  const [prompt = '', shell = ''] = /^(?:(PS )?[A-Za-z]:\\[^>\n]*>|(?:\[?[\w.-]+@[\w.-]+[^\n$#]*)?[$#%>❯➜])\s*/.exec(text) ?? [];
  text = text.slice(prompt.length);
  return { text, dialect: dialectOf(text, prompt, shell) };
}

function dialectOf(text: string, prompt: string, shell: string): Dialect {
  if (/\\[ \t]*\n/.test(text)) {
    return 'posix';
  }
  if (/(?:^|\s)`[ \t]*\n/.test(text) || shell) {
    return 'powershell';
  }
  if (/\^[ \t]*\n/.test(text) || /^[A-Za-z]:/.test(prompt) || /%cd%/i.test(text)) {
    return 'cmd';
  }
  // A POSIX shell would take the backslashes out of such a path, which nobody means.
  return /(?:^|[\s=])[A-Za-z]:\\\w/.test(text) ? 'powershell' : 'posix';
}

/** The continuation at the start of the text, which begins with the escape character. */
function continuationAt(rest: string): { length: number; blank: boolean } | undefined {
  const [whole] = /^.(?:[ \t]*\n|[ \t]+#[^\n]*(?:\n|$)|[ \t]*$)(?:[ \t]*>[ \t]+)?/.exec(rest) ?? [];
  return whole === undefined ? undefined : { length: whole.length, blank: /^.[ \t]/.test(whole) };
}

function startsLine(text: string, at: number): boolean {
  return /(?:^|\n)[ \t]*$/.test(text.slice(0, at));
}

function withoutComments(text: string): string {
  return text.replace(/^\s*#.*$/gm, '').trim().split('\n', 1)[0] ?? '';
}

const escapes: Record<string, string> = { a: '\x07', b: '\b', e: '\x1b', E: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** What stands behind a backslash in `$'…'` (POSIX 2024, XCU 2.2.4). */
function escaped(code: string): string {
  if (/^[xu]./.test(code)) {
    return String.fromCodePoint(Number.parseInt(code.slice(1), 16));
  }
  return /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8) & 255) : (escapes[code] ?? (/^['"\\?]$/.test(code) ? code : `\\${code}`));
}

function refused(sentence: string): UserError {
  return new UserError('run-line', sentence);
}

function shown(text: string): string {
  return plain(text, 80);
}
