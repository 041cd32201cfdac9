// The flags of an instruction: the words that begin with `--` before its arguments.
//
// Source of the rules: BuildKit, split_command.go. Quotes and backslashes work inside a flag whatever
// the escape directive says, and the word `--` ends the flags.
import { BACKSLASH, DOUBLE_QUOTE, isSpace, SINGLE_QUOTE } from './chars.ts';
import type { Span } from './nodes.ts';

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
export function readFlags(line: string, from: number): { flags: Flag[]; end: number } {
  const flags: Flag[] = [];
  let at = from;
  for (;;) {
    const start = skipSpaces(line, at);
    if (!line.startsWith('--', start)) {
      return { flags, end: start };
    }
    const end = wordEnd(line, start);
    if (plain(line.slice(start, end)) === '--') {
      return { flags, end: skipSpaces(line, end) };
    }
    flags.push(flagAt(line, start, end));
    at = end;
  }
}

/** The offset where the arguments begin. */
export function flagsEnd(line: string, from: number): number {
  return readFlags(line, from).end;
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

function flagAt(line: string, start: number, end: number): Flag {
  const raw = line.slice(start, end);
  const equals = raw.indexOf('=');
  if (equals < 0) {
    return { start, end, name: plain(raw.slice(2)), nameSpan: { start, end } };
  }
  return {
    start,
    end,
    name: plain(raw.slice(2, equals)),
    nameSpan: { start, end: start + equals },
    valueSpan: { start: start + equals + 1, end },
    value: plain(raw.slice(equals + 1)),
  };
}

/** The end of the word at `start`, minding quotes and backslashes. */
function wordEnd(line: string, start: number): number {
  let quote = 0;
  let at = start;
  for (; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === BACKSLASH) {
      at++;
    } else if (quote) {
      quote = code === quote ? 0 : quote;
    } else if (code === SINGLE_QUOTE || code === DOUBLE_QUOTE) {
      quote = code;
    } else if (isSpace(code)) {
      break;
    }
  }
  return Math.min(at, line.length);
}

/** A word without its quotes and escapes. */
function plain(word: string): string {
  if (!/['"\\]/.test(word)) {
    return word;
  }
  return word.replace(/\\([\s\S]?)|['"]/g, '$1');
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
