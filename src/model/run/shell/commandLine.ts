// A command line as found in a README turned into the words that a shell would give to the program, without a shell.
//
// Quotes, escapes and continuation lines work as in a POSIX shell (XCU 2.2); lines made for PowerShell and cmd.exe are
// recognised by their way of continuing or by an unquoted Windows path. Variables and the working folder are filled in;
// everything else that a shell would do is refused by name.
import type { UserError } from '../../errors.ts';
import { t } from '../../l10n.ts';
import { plain } from '../../text.ts';
import { refused } from '../refused.ts';
import { expansionAt, type ShellContext, tildeAt } from './expansion.ts';
import { beginsExpansion, dollarQuoted, doubleQuoted, singleQuoted } from './quotes.ts';
import { continuationAt, type Dialect, prepareLine, startsLine, withoutComments } from './snippet.ts';

export type { ShellContext } from './expansion.ts';

/** More than anybody reads of the words of one line. */
const maxWarnings = 20;

/** The sign behind which a character means nothing, and a line goes on in the next one. */
const escapeSigns: Readonly<Record<Dialect, string>> = { posix: '\\', powershell: '`', cmd: '^' };

/**
 * Splits the line. `warn` hears of what a shell would have changed in ways that cannot be known here.
 * Throws a UserError (`run-line`) that names the part it refuses.
 */
export function shellWords(line: string, context: ShellContext, warn: (sentence: string) => void): string[] {
  const source: Source = { ...prepareLine(line), context, warn };
  const { text } = source;
  const escapeSign = escapeSigns[source.dialect];
  const words = createWords(warn);
  let continued = false;
  for (let at = 0; at < text.length; ) {
    const sign = text.charAt(at);
    const continuation = sign === escapeSign ? continuationAt(text.slice(at)) : undefined;
    if (continuation) {
      if (continuation.blank) {
        words.end();
      }
      at += continuation.length;
      continued = true;
    } else if (sign === '\n') {
      refuseSecondCommand(text.slice(at));
      break;
    } else if (/\s/.test(sign)) {
      words.end();
      at += 1;
    } else if (sign === '#' && words.open === undefined) {
      at += commentLength(text, at, escapeSign, continued);
    } else {
      continued = false;
      const part = partAt(source, at, words.open);
      words.add(part);
      at = part.end;
    }
  }
  words.end();
  return words.all;
}

/** What a line is read with. */
interface Source {
  text: string;
  dialect: Dialect;
  context: ShellContext;
  warn(sentence: string): void;
}

/** A part of a word. */
interface Part {
  value: string;
  /** The place behind it in the text. */
  end: number;
  /**
   * `bare` stands outside of quotes as it is, so that a shell would look for patterns in it; `split` is a value that a shell
   * would split at blanks; `whole` is neither.
   */
  how: 'bare' | 'split' | 'whole';
}

/** Reads the part of a word that begins at `at`; `word` is what was read of the word before it. */
function partAt({ text, dialect, context, warn }: Source, at: number, word: string | undefined): Part {
  const sign = text.charAt(at);
  const next = text.charAt(at + 1);
  const expand = (place: number) => expansionAt(text.slice(place), dialect, context, warn);
  if (sign === "'" && dialect !== 'cmd') {
    return { ...singleQuoted(text, at), how: 'whole' };
  }
  if (sign === '"') {
    return { ...doubleQuoted(text, at, dialect, expand), how: 'whole' };
  }
  if (sign === '$' && next === "'" && dialect === 'posix') {
    return { ...dollarQuoted(text, at), how: 'whole' };
  }
  if (sign === escapeSigns[dialect]) {
    return { value: next, end: at + 2, how: 'whole' };
  }
  if (beginsExpansion(sign, dialect)) {
    const { value, length, splits } = expand(at);
    return { value, end: at + length, how: splits ? 'split' : 'whole' };
  }
  if (sign === '~' && word === undefined && dialect !== 'cmd') {
    return { value: tildeAt(text.slice(at), context), end: at + 1, how: 'whole' };
  }
  if ('|&;<>()'.includes(sign)) {
    // A digit in front belongs to a redirection: 2>&1.
    const digit = word !== undefined && /^\d$/.test(word) && /[<>]/.test(sign) ? word : '';
    throw operator(digit + text.slice(at));
  }
  return { value: sign, end: at + 1, how: 'bare' };
}

/** Collects words: parts are added to the last one until it ends. */
function createWords(warn: (sentence: string) => void) {
  const all: string[] = [];
  let open: string | undefined;
  /** What of the open word stands outside of quotes. */
  let bare = '';
  let told = 0;
  const end = () => {
    if (open !== undefined) {
      if (told < maxWarnings && isPattern(bare)) {
        told += 1;
        warn(t('"{0}" is taken as it is written; a shell might have replaced it by several words.', shown(open)));
      }
      all.push(open);
    }
    open = undefined;
    bare = '';
  };
  return {
    all,
    /** What was read of the word that has not ended; undefined between words. */
    get open(): string | undefined {
      return open;
    },
    add({ value, how }: Part): void {
      if (how !== 'split') {
        open = (open ?? '') + value;
        bare += how === 'bare' ? value : '';
        return;
      }
      // Blanks in the value end words, and an empty value is no word.
      for (const [index, piece] of value.split(/[ \t\n]+/).entries()) {
        if (index > 0) {
          end();
        }
        if (piece !== '') {
          open = (open ?? '') + piece;
        }
      }
    },
    end,
  };
}

/** How much of the text a comment takes that begins at `at`. `continued` tells that the line before goes on here. */
function commentLength(text: string, at: number, escapeSign: string, continued: boolean): number {
  const [comment = ''] = /^[^\n]*\n?/.exec(text.slice(at)) ?? [];
  // A comment between continued lines ends the command in a shell; who wrote it meant the command to go on.
  const goesOn = comment.trimEnd().endsWith(escapeSign) || (continued && startsLine(text, at));
  return goesOn ? comment.length : comment.trimEnd().length;
}

/** Throws where more than comments follows the end of the command. */
function refuseSecondCommand(rest: string): void {
  const after = withoutComments(rest);
  if (after !== '') {
    throw refused(
      t(
        'There is a second command, "{0}". Paste one command at a time; if the line should go on, end it with "\\".',
        shown(after),
      ),
    );
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

function shown(text: string): string {
  return plain(text, 80);
}
