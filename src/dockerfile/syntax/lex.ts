// Splits a logical line into words and finds its variables, by the rules of BuildKit's shell lexer.
//
// One loop with a stack of its own: text nested a hundred thousand levels deep costs memory, not call frames.
import {
  BACKSLASH,
  DOLLAR,
  DOUBLE_QUOTE,
  isSpace,
  type Letters,
  SINGLE_QUOTE,
  signTable,
  skipName,
  skipPlain,
} from './chars.ts';
import type { Span } from './nodes.ts';

/** `$NAME` or `${NAME…}`, with the variables that its operand holds listed after it. */
export interface Variable extends Span {
  readonly name: string;
  /** Empty, or one of `:- - :+ + :? ? # ## % %% / //`, or what stands there instead. */
  readonly modifier: string;
  /** What follows the modifier, up to the closing brace. */
  readonly operand?: Span;
  /** How many other variables it stands in. */
  readonly depth: number;
}

export interface Lexed {
  /** Empty where they were not asked for. */
  readonly words: readonly Span[];
  /** In the order in which they begin. */
  readonly variables: readonly Variable[];
  /** A quote or a brace is not closed, or a substitution is none that BuildKit knows: it refuses the line. */
  readonly broken: boolean;
}

export interface LexOptions {
  /** The code of the escape character. */
  escape: number;
  /** False where quotes mean nothing, as in a heredoc body that the builder expands. */
  quotes?: boolean;
  /** Whether the words are wanted too. */
  words?: boolean;
  /** What names are made of; `all`, as for BuildKit, unless a shell reads the text. */
  letters?: Letters;
}

/** All that the loop below treats in a way of its own, whatever the escape character is. */
const SIGNS = signTable('"$\'<\\`/}');

const SLASH = 47;
const COLON = 58;
const LESS = 60;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

type Growing = { -readonly [K in keyof Variable]: Variable[K] };

/** An open `${`: the character that ends it, and what to do with its variable then. */
interface Frame {
  stop: number;
  inDouble: boolean;
  variable: Growing | undefined;
  operandStart: number;
}

/** Variables, and words where asked for, of `text` from `start` to `end`. Never throws; goes on after what BuildKit refuses. */
export function lex(text: string, start: number, end: number, options: LexOptions): Lexed {
  const { quotes = true, letters = 'all' } = options;
  const words: Span[] = [];
  const variables: Growing[] = [];
  const bottom: Frame = { stop: -1, inDouble: false, variable: undefined, operandStart: start };
  const stack: Frame[] = [bottom];
  let broken = false;
  let wordStart = -1;
  let at = start;

  const dollar = (): void => {
    if (text.charCodeAt(at + 1) !== OPEN_BRACE || at + 1 >= end) {
      const nameEnd = readName(text, at + 1, end, letters);
      if (nameEnd > at + 1) {
        variables.push(variableAt(text, at, at + 1, nameEnd, stack.length - 1));
      }
      at = nameEnd;
      return;
    }
    const nameStart = at + 2;
    const nameEnd = readName(text, nameStart, end, letters);
    const next = nameEnd < end ? text.charCodeAt(nameEnd) : -1;
    if (nameEnd === nameStart) {
      broken = true;
      at = nameStart;
      return;
    }
    const variable = variableAt(text, at, nameStart, nameEnd, stack.length - 1);
    variables.push(variable);
    if (next === -1) {
      broken = true;
      at = end;
      return;
    }
    if (next === CLOSE_BRACE) {
      variable.end = nameEnd + 1;
      at = nameEnd + 1;
      return;
    }
    const modifierEnd = readModifier(text, nameEnd, end);
    variable.modifier = text.slice(nameEnd, modifierEnd);
    broken ||= !isModifier(variable.modifier);
    const stop = variable.modifier.startsWith('/') ? SLASH : CLOSE_BRACE;
    stack.push({ stop, inDouble: false, variable, operandStart: modifierEnd });
    at = modifierEnd;
  };

  while (at < end) {
    const frame = stack[stack.length - 1] ?? bottom;
    const code = text.charCodeAt(at);
    if (frame.inDouble) {
      if (code === DOUBLE_QUOTE) {
        frame.inDouble = false;
        at++;
      } else if (code === DOLLAR) {
        dollar();
      } else if (code === options.escape) {
        const next = text.charCodeAt(at + 1);
        at += next === DOUBLE_QUOTE || next === DOLLAR || next === options.escape ? 2 : 1;
      } else {
        at = skipPlain(text, at + 1, end, SIGNS);
      }
      continue;
    }
    if (code === frame.stop) {
      if (code === SLASH) {
        frame.stop = CLOSE_BRACE;
      } else {
        stack.pop();
        if (frame.variable) {
          frame.variable.end = at + 1;
          frame.variable.operand = { start: frame.operandStart, end: at };
        }
      }
      at++;
      continue;
    }
    if (options.words && stack.length === 1) {
      if (isSpace(code)) {
        if (wordStart >= 0) {
          words.push({ start: wordStart, end: at });
          wordStart = -1;
        }
        at++;
        continue;
      }
      if (wordStart < 0) {
        wordStart = at;
      }
    }
    if (code === DOLLAR) {
      dollar();
    } else if (code === options.escape) {
      at += 2;
    } else if (code === SINGLE_QUOTE && quotes) {
      at = findQuote(text, at + 1, end);
      broken ||= at >= end;
      at++;
    } else if (code === DOUBLE_QUOTE && quotes) {
      frame.inDouble = true;
      at++;
    } else if (code === LESS && text.charCodeAt(at + 1) === LESS) {
      // White space between `<<` and the word that ends a heredoc belongs to the same word.
      at += 2;
      while (at < end && isSpace(text.charCodeAt(at))) {
        at++;
      }
    } else {
      at = skipPlain(text, at + 1, end, SIGNS);
    }
  }
  if (wordStart >= 0) {
    words.push({ start: wordStart, end });
  }
  for (const frame of stack) {
    broken ||= frame.inDouble || frame.variable !== undefined;
    if (frame.variable) {
      frame.variable.end = end;
      frame.variable.operand = { start: Math.min(frame.operandStart, end), end };
    }
  }
  return { words, variables, broken };
}

/** The modifiers that BuildKit knows. */
export function isModifier(modifier: string): boolean {
  return /^(?::?[-+?#%]|##|%%|\/\/?)$/.test(modifier);
}

/** What quotes and escapes leave of a single word, and whether any quote stood in it; undefined for several words. */
export function unquote(text: string): { value: string; quoted: boolean } | undefined {
  let value = '';
  let quoted = false;
  let ended = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isSpace(code)) {
      ended = value !== '';
      continue;
    }
    if (ended) {
      return undefined;
    }
    if (code === BACKSLASH) {
      at++;
      value += text.charAt(at);
    } else if (code === SINGLE_QUOTE) {
      const close = findQuote(text, at + 1, text.length);
      value += text.slice(at + 1, close);
      quoted = true;
      at = close;
    } else if (code === DOUBLE_QUOTE) {
      quoted = true;
      for (at++; at < text.length && text.charCodeAt(at) !== DOUBLE_QUOTE; at++) {
        if (text.charCodeAt(at) === BACKSLASH && /["$\\]/.test(text.charAt(at + 1))) {
          at++;
        }
        value += text.charAt(at);
      }
    } else {
      value += text.charAt(at);
    }
  }
  return value === '' ? undefined : { value, quoted };
}

function variableAt(text: string, start: number, nameStart: number, end: number, depth: number): Growing {
  return { start, end, name: text.slice(nameStart, end), modifier: '', depth };
}

/** The end of what a `$` refers to: a name, or one special character. */
function readName(text: string, start: number, end: number, letters: Letters): number {
  const after = skipName(text, start, end, letters);
  return after === start && start < end && '@*#?-$!'.includes(text.charAt(start)) ? start + 1 : after;
}

function readModifier(text: string, start: number, end: number): number {
  const first = text.charCodeAt(start);
  const second = start + 1 < end ? text.charCodeAt(start + 1) : -1;
  if (first === COLON) {
    return second === -1 || second === CLOSE_BRACE ? start + 1 : start + 2;
  }
  const doubles = first === second && (first === SLASH || first === 35 || first === 37);
  return doubles ? start + 2 : start + 1;
}

function findQuote(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && text.charCodeAt(at) !== SINGLE_QUOTE) {
    at++;
  }
  return at;
}
