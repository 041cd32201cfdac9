// Reads a header from its beginning to its end without ever going back far, so that no text can make it slow.

/** Characters of a header that are read: Node takes 16 KB of all headers together unless it is told otherwise. */
export const maxHeaderLength = 16 * 1024;

const blanks = /\s*/y;
const unescaped = /[^"\\]*/y;

export interface Scanner {
  atEnd(): boolean;
  /** Goes over one character. */
  skip(): void;
  /** Goes to a place where it was or looked before. */
  goTo(place: number): void;
  /** Goes over this character, if it is next. */
  take(character: string): boolean;
  /** Goes over blanks; returns how many they were. */
  blanks(): number;
  /** Goes over what a sticky pattern of one character class matches, and returns it. */
  run(pattern: RegExp): string;
  /** Goes over a string in double quotes and returns it without them; one that is never closed runs to the end. */
  quoted(): string | undefined;
  /** Goes to behind the next such character; false when there is none, and nothing is gone over. */
  behind(character: string): boolean;
  /** What `look` finds from here on; nothing is gone over. */
  ahead(look: (text: Scanner) => boolean): boolean;
  readonly at: number;
}

/** Stands at the beginning of the header, of which it reads so many characters and no more. Throws nothing. */
export function createScanner(header: string): Scanner {
  const text = header.slice(0, maxHeaderLength);
  let at = 0;
  const scanner: Scanner = {
    get at() {
      return at;
    },
    atEnd: () => at >= text.length,
    skip() {
      at += 1;
    },
    goTo(place) {
      at = place;
    },
    take(character) {
      const there = text[at] === character;
      at += there ? 1 : 0;
      return there;
    },
    blanks: () => scanner.run(blanks).length,
    run(pattern) {
      pattern.lastIndex = at;
      const found = pattern.exec(text)?.[0] ?? '';
      at += found.length;
      return found;
    },
    quoted() {
      if (!scanner.take('"')) {
        return undefined;
      }
      const pieces: string[] = [];
      for (;;) {
        pieces.push(scanner.run(unescaped));
        if (!scanner.take('\\')) {
          scanner.take('"');
          return pieces.join('');
        }
        pieces.push(text.charAt(at));
        at += 1;
      }
    },
    behind(character) {
      const found = text.indexOf(character, at);
      at = found < 0 ? at : found + 1;
      return found >= 0;
    },
    ahead(look) {
      const here = at;
      const found = look(scanner);
      at = here;
      return found;
    },
  };
  return scanner;
}
