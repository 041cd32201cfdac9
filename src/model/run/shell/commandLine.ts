// A command line as found in a README turned into the words that a shell would give to the program, without a shell.
//
// Quotes, escapes and continuation lines work as in a POSIX shell (XCU 2.2); lines made for PowerShell and cmd.exe are
// recognised by their way of continuing or by an unquoted Windows path. Variables and the working folder are filled in;
// everything else that a shell would do is refused by name.
import { UserError } from '../../errors.ts';
import { t } from '../../l10n.ts';
import { plain } from '../../text.ts';
import { expansionAt, type ShellContext, tildeAt } from './expansion.ts';
import { continuationAt, prepareLine, startsLine, withoutComments } from './snippet.ts';

export type { ShellContext } from './expansion.ts';

/** More than anybody reads of the words of one line. */
const mostWarnings = 20;

/**
 * Splits the line. `warn` hears of what a shell would have changed in ways that cannot be known here.
 * Throws a UserError (`run-line`) that names the part it refuses.
 */
export function shellWords(line: string, context: ShellContext, warn: (sentence: string) => void): string[] {
  let told = 0;
  const { text, dialect } = prepareLine(line);
  const escapeSign = dialect === 'powershell' ? '`' : dialect === 'cmd' ? '^' : '\\';
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
      if (told < mostWarnings && isPattern(bare)) {
        told += 1;
        warn(t('"{0}" is taken as it is written; a shell might have replaced it by several words.', shown(word)));
      }
      words.push(word);
    }
    word = undefined;
    bare = '';
  };
  /** Adds the value of a variable or working folder; returns the place behind it. */
  const expand = (at: number, quoted: boolean) => {
    const { value, length, splits } = expansionAt(text.slice(at), dialect, context, warn);
    if (quoted || !splits) {
      add(value);
    } else {
      // Outside quotes, a shell splits a variable's value at blanks, and an empty one is no word.
      for (const [index, part] of value.split(/[ \t\n]+/).entries()) {
        if (index > 0) {
          endWord();
        }
        if (part !== '') {
          add(part);
        }
      }
    }
    return at + length;
  };

  while (i < text.length) {
    const c = text.charAt(i);
    const next = text.charAt(i + 1);
    const continuation = c === escapeSign ? continuationAt(text.slice(i)) : undefined;
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
        throw refused(
          t(
            'There is a second command, "{0}". Paste one command at a time; if the line should go on, end it with "\\".',
            shown(after),
          ),
        );
      }
      break;
    }
    if (/\s/.test(c)) {
      endWord();
      i++;
      continue;
    }
    if (c === '#' && word === undefined) {
      const [comment = ''] = /^[^\n]*\n?/.exec(text.slice(i)) ?? [];
      // A comment between continued lines ends the command in a shell; who wrote it meant the command to go on.
      const goesOn = comment.trimEnd().endsWith(escapeSign) || (continued && startsLine(text, i));
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
    } else if (c === escapeSign) {
      add(next);
      i += 2;
    } else if (c === '$' || c === '`' || (c === '%' && dialect === 'cmd')) {
      i = expand(i, false);
    } else if (c === '~' && word === undefined && dialect !== 'cmd') {
      add(tildeAt(text.slice(i), context));
      i++;
    } else if ('|&;<>()'.includes(c)) {
      // A digit in front belongs to a redirection: 2>&1.
      const rest = text.slice(i);
      throw operator(word !== undefined && /^\d$/.test(word) && /[<>]/.test(c) ? word + rest : rest);
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
    const [body] = /^(?:[^'\\]|\\[\s\S])*(?=')/.exec(text.slice(from)) ?? [];
    if (body === undefined) {
      return endOfQuote(-1);
    }
    add(
      body.replace(/\\(x[\da-fA-F]{1,2}|u[\da-fA-F]{1,4}|U[\da-fA-F]{1,8}|[0-7]{1,3}|[\s\S])/g, (_, code: string) =>
        escaped(code),
      ),
    );
    return from + body.length + 1;
  }

  function endOfQuote(end: number): number {
    if (end < 0) {
      throw refused(t('A quote is opened and never closed. Add the closing quote.'));
    }
    return end;
  }
}

/** Whether a shell might put several words in place of one: `*`, `?`, `{a,b}`, `{1..3}`. */
function isPattern(bare: string): boolean {
  return /[*?]/.test(bare) || (bare.match(/\{[^{}\s]*\}/g) ?? []).some((braces) => /,|\.\./.test(braces));
}

function operator(rest: string): UserError {
  const [sign = ''] = /^\d?(?:\|\||&&|[|&;<>()])/.exec(rest) ?? [];
  const part = shown(rest.split('\n', 1)[0] ?? '');
  switch (sign.slice(-1)) {
    case '|':
    case '&':
    case ';':
      return sign === '|'
        ? refused(t('The pipe "{0}" needs a shell, and no shell is used here. Paste the docker command alone.', part))
        : refused(t('"{0}" begins a second command. Paste one command at a time.', part));
    case '<':
    case '>':
      return refused(
        t(
          'The redirection "{0}" needs a shell, and no shell is used here. Remove it, or put it in quotes if it belongs to the command.',
          part,
        ),
      );
    default:
      return refused(
        t('"{0}" needs a shell, and no shell is used here. Put it in quotes if it belongs to the command.', part),
      );
  }
}

const escapes: Record<string, string> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** What stands behind a backslash in `$'…'` (POSIX 2024, XCU 2.2.4). */
function escaped(code: string): string {
  if (/^[xuU]./.test(code)) {
    const point = Number.parseInt(code.slice(1), 16);
    return point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point);
  }
  return /^[0-7]/.test(code)
    ? String.fromCharCode(Number.parseInt(code, 8) & 255)
    : (escapes[code] ?? (/^['"\\?]$/.test(code) ? code : `\\${code}`));
}

function refused(sentence: string): UserError {
  return new UserError('run-line', sentence);
}

function shown(text: string): string {
  return plain(text, 80);
}
