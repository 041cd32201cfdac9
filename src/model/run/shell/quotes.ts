// The quoted parts of a command line, by the rules of POSIX shells (XCU 2.2), PowerShell and cmd.exe.
import { t } from '../../l10n.ts';
import { refused } from '../refused.ts';
import type { Expansion } from './expansion.ts';
import type { Dialect } from './snippet.ts';

export interface Quoted {
  /** What the program is given. */
  value: string;
  /** The place behind the closing quote. */
  end: number;
}

/** Reads `'…'`, which begins at `at`: nothing in it means anything. Throws a UserError (`run-line`) where it is not closed. */
export function singleQuoted(text: string, at: number): Quoted {
  const close = text.indexOf("'", at + 1);
  if (close < 0) {
    throw notClosed();
  }
  return { value: text.slice(at + 1, close), end: close + 1 };
}

/**
 * Reads `"…"`, which begins at `at`. `expand` gives what stands for something else at a place of the text: variables and
 * the working folder. Throws a UserError (`run-line`) where the quote is not closed.
 */
export function doubleQuoted(
  text: string,
  at: number,
  dialect: Dialect,
  expand: (at: number) => Pick<Expansion, 'value' | 'length'>,
): Quoted {
  let value = '';
  for (let place = at + 1; place < text.length; ) {
    const sign = text.charAt(place);
    const next = text.charAt(place + 1);
    if (sign === '"') {
      return { value, end: place + 1 };
    }
    if (dialect === 'posix' && sign === '\\' && next !== '' && '"\\$`\n'.includes(next)) {
      value += next === '\n' ? '' : next;
      place += 2;
    } else if (dialect === 'powershell' && sign === '`') {
      value += next;
      place += 2;
    } else if (dialect !== 'posix' && sign === '\\' && next === '"') {
      // The rule of Windows programs for a quote inside quotes.
      value += '"';
      place += 2;
    } else if (beginsExpansion(sign, dialect)) {
      const expansion = expand(place);
      value += expansion.value;
      place += expansion.length;
    } else {
      value += sign;
      place += 1;
    }
  }
  throw notClosed();
}

/** Reads `$'…'`, which begins at `at`, with its escapes (POSIX 2024, XCU 2.2.4). Throws a UserError (`run-line`) where it is not closed. */
export function dollarQuoted(text: string, at: number): Quoted {
  const [body] = /^(?:[^'\\]|\\[\s\S])*(?=')/.exec(text.slice(at + 2)) ?? [];
  if (body === undefined) {
    throw notClosed();
  }
  const value = body.replace(
    /\\(x[\da-fA-F]{1,2}|u[\da-fA-F]{1,4}|U[\da-fA-F]{1,8}|[0-7]{1,3}|[\s\S])/g,
    (_, code: string) => escaped(code),
  );
  return { value, end: at + 2 + body.length + 1 };
}

/** Whether something else may stand for what begins with this sign, in double quotes and outside of quotes. */
export function beginsExpansion(sign: string, dialect: Dialect): boolean {
  return sign === '$' || sign === '`' || (sign === '%' && dialect === 'cmd');
}

const escapes: Readonly<Record<string, string>> = {
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

/** What stands behind a backslash. */
function escaped(code: string): string {
  if (/^[xuU]./.test(code)) {
    const point = Number.parseInt(code.slice(1), 16);
    return point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point);
  }
  return /^[0-7]/.test(code)
    ? String.fromCharCode(Number.parseInt(code, 8) & 255)
    : (escapes[code] ?? (/^['"\\?]$/.test(code) ? code : `\\${code}`));
}

function notClosed() {
  return refused(t('A quote is opened and never closed. Add the closing quote.'));
}
