// Classes of characters, by UTF-16 code, as BuildKit's parser (a Go program) sees them.

export const TAB = 9;
export const NEWLINE = 10;
export const RETURN = 13;
export const SPACE = 32;
export const DOUBLE_QUOTE = 34;
export const HASH = 35;
export const DOLLAR = 36;
export const SINGLE_QUOTE = 39;
export const BACKSLASH = 92;
export const BYTE_ORDER_MARK = 0xfeff;

/** White space as Go's `unicode.IsSpace` has it: unlike `\s` with U+0085 and without U+FEFF. */
export function isSpace(code: number): boolean {
  if (code <= SPACE) {
    return code === SPACE || (code >= TAB && code <= RETURN);
  }
  if (code < 0x85) {
    return false;
  }
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** The white space that splits words within an instruction: the same without newline and beyond ASCII. */
export function isBlank(code: number): boolean {
  return code === SPACE || (code >= TAB && code <= RETURN && code !== NEWLINE);
}

/** The end of a variable's name that begins at `start`: letters, digits and `_`, or only digits. */
export function skipName(text: string, start: number, end: number, letters: Letters): number {
  const digits = start < end && isDigit(text, start, letters);
  let at = start;
  while (at < end && (isDigit(text, at, letters) || (!digits && isLetter(text, at, letters)))) {
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
  return Math.min(at, end);
}

/** The letters and digits of a name: those of all scripts, as BuildKit takes them, or the ASCII ones of a shell. */
export type Letters = 'all' | 'ascii';

function isLetter(text: string, at: number, letters: Letters): boolean {
  const code = text.charCodeAt(at);
  if (code < 128) {
    return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
  }
  return letters === 'all' && /^\p{L}/u.test(text.slice(at, at + 2));
}

function isDigit(text: string, at: number, letters: Letters): boolean {
  const code = text.charCodeAt(at);
  return code < 128 ? code >= 48 && code <= 57 : letters === 'all' && /^\p{Nd}/u.test(text.slice(at, at + 2));
}

/** The first offset from `start` on that holds no white space, at most `end`. */
export function skipSpace(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isSpace(text.charCodeAt(at))) {
    at++;
  }
  return at;
}

/** The offset after the last character before `end` that is no white space, at least `start`. */
export function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isSpace(text.charCodeAt(at - 1))) {
    at--;
  }
  return at;
}

/** A table of the ASCII signs that a reader must look at one by one; white space is always among them. */
export function signTable(signs: string): Uint8Array {
  const table = new Uint8Array(128);
  for (let code = 0; code < 128; code++) {
    table[code] = isSpace(code) || signs.includes(String.fromCharCode(code)) ? 1 : 0;
  }
  return table;
}

/** The first offset from `start` on, at most `end`, with a sign of the table or a character beyond ASCII. */
export function skipPlain(text: string, start: number, end: number, table: Uint8Array): number {
  let at = start;
  while (at < end && table[text.charCodeAt(at)] === 0) {
    at++;
  }
  return at;
}
