// The flags of an instruction: the words that begin with `--` before its arguments.
//
// Source of the rules: BuildKit, split_command.go. Quotes and the file's escape character work inside a flag (since
// Dockerfile syntax 1.15; it was the backslash in any file before), and the word `--` ends the flags.
import { DOUBLE_QUOTE, isSpace, SINGLE_QUOTE } from './chars.ts';
import type { Escape, Span } from './nodes.ts';

export interface Flag extends Span {
  /** Without the dashes, as written: names are case-sensitive. */
  readonly name: string;
  /** The dashes and the name. */
  readonly nameSpan: Span;
  /** What follows `=`, as written; absent without `=`. */
  readonly valueSpan?: Span;
  /** The value without quotes and escapes. */
  readonly value?: string;
}

/** One `key=value` of a `--mount` value. */
export interface Option {
  readonly key: string;
  readonly keySpan: Span;
  readonly value?: string;
  readonly valueSpan?: Span;
}

/** The flags from `from` on, and the offset where they end. */
export function readFlags(line: string, from: number, escapeSign: Escape): { flags: Flag[]; end: number } {
  const sign = escapeSign.charCodeAt(0);
  const flags: Flag[] = [];
  let at = from;
  for (;;) {
    const start = skipSpaces(line, at);
    if (!line.startsWith('--', start)) {
      return { flags, end: start };
    }
    const end = wordEnd(line, start, sign);
    const raw = line.slice(start, end);
    const word = plain(raw, sign);
    if (word === '--') {
      return { flags, end: skipSpaces(line, end) };
    }
    flags.push(flagOf(word, { start, end }, raw.indexOf('=')));
    at = end;
  }
}

/** The offset where the arguments begin. */
export function flagsEnd(line: string, from: number, escapeSign: Escape): number {
  return readFlags(line, from, escapeSign).end;
}

/** The options of a `--mount` flag, or of anything else that is a list of `key=value` with commas between. */
export function readOptions(line: string, value: Span): Option[] {
  const options: Option[] = [];
  let start = value.start;
  for (const part of line.slice(value.start, value.end).split(',')) {
    const option = optionAt(line, trimQuotes(line, { start, end: start + part.length }));
    if (option) {
      options.push(option);
    }
    start += part.length + 1;
  }
  return options;
}

function optionAt(line: string, span: Span): Option | undefined {
  if (span.end <= span.start) {
    return undefined;
  }
  const text = line.slice(span.start, span.end);
  const equals = text.indexOf('=');
  if (equals < 0) {
    return { key: text.toLowerCase(), keySpan: span };
  }
  const valueSpan = trimQuotes(line, { start: span.start + equals + 1, end: span.end });
  return {
    key: text.slice(0, equals).toLowerCase(),
    keySpan: { start: span.start, end: span.start + equals },
    value: line.slice(valueSpan.start, valueSpan.end),
    valueSpan,
  };
}

/** A flag from its word without quotes and escapes; `equals` is where its equals sign stands as it is written, or -1. */
function flagOf(word: string, { start, end }: Span, equals: number): Flag {
  if (equals < 0) {
    return { start, end, name: word.slice(2), nameSpan: { start, end } };
  }
  const middle = word.indexOf('=');
  return {
    start,
    end,
    name: word.slice(2, middle),
    nameSpan: { start, end: start + equals },
    valueSpan: { start: start + equals + 1, end },
    value: word.slice(middle + 1),
  };
}

/** The end of the word at `start`, minding quotes and escapes. */
function wordEnd(line: string, start: number, sign: number): number {
  let quote = 0;
  let at = start;
  for (; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === sign) {
      at++;
    } else if (quote !== 0) {
      quote = code === quote ? 0 : quote;
    } else if (isQuote(code)) {
      quote = code;
    } else if (isSpace(code)) {
      break;
    }
  }
  return Math.min(at, line.length);
}

/** A word without its quotes and escapes: one kind of quote stays as it is within the other. */
function plain(word: string, sign: number): string {
  let value = '';
  let quote = 0;
  let kept = 0;
  for (let at = 0; at < word.length; at++) {
    const code = word.charCodeAt(at);
    const drops = code === sign || code === quote || (quote === 0 && isQuote(code));
    if (!drops) {
      continue;
    }
    value += word.slice(kept, at);
    kept = at + 1;
    if (code === sign) {
      at++;
    } else {
      quote = quote === 0 ? code : 0;
    }
  }
  return kept === 0 ? word : value + word.slice(kept);
}

function trimQuotes(line: string, span: Span): Span {
  let { start, end } = span;
  while (start < end && isQuote(line.charCodeAt(start))) {
    start++;
  }
  while (end > start && isQuote(line.charCodeAt(end - 1))) {
    end--;
  }
  return { start, end };
}

function isQuote(code: number): boolean {
  return code === SINGLE_QUOTE || code === DOUBLE_QUOTE;
}

function skipSpaces(line: string, from: number): number {
  let at = from;
  while (at < line.length && isSpace(line.charCodeAt(at))) {
    at++;
  }
  return at;
}
