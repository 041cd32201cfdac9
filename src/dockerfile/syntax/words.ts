// Splits the arguments of an instruction into words, each with its place in the logical line.
//
// Source of the rules: BuildKit, line_parsers.go.
import { DOUBLE_QUOTE, isBlank, isSpace, SINGLE_QUOTE } from './chars.ts';
import type { Escape, Span } from './nodes.ts';

/** `key=value`, or `key value` in the old form of ENV and LABEL, or a key alone. */
export interface Property {
  readonly key: Span;
  /** As written, with quotes. */
  readonly value?: Span;
}

/** The words between white space; quotes mean nothing. Used by FROM, EXPOSE, COPY, ADD, VOLUME. */
export function blankWords(line: string, span: Span): Span[] {
  const words: Span[] = [];
  let at = span.start;
  while (at < span.end) {
    while (at < span.end && isBlank(line.charCodeAt(at))) {
      at++;
    }
    const start = at;
    while (at < span.end && !isBlank(line.charCodeAt(at))) {
      at++;
    }
    if (at > start) {
      words.push({ start, end: at });
    }
  }
  return words;
}

/** The words between white space that is neither quoted nor escaped. Used by ARG, ENV, LABEL. */
export function quotedWords(line: string, span: Span, escapeSign: Escape): Span[] {
  const sign = escapeSign.charCodeAt(0);
  const words: Span[] = [];
  let start = -1;
  let quote = 0;
  for (let at = span.start; at < span.end; at++) {
    const code = line.charCodeAt(at);
    if (quote === 0 && isSpace(code)) {
      if (start >= 0) {
        words.push({ start, end: at });
        start = -1;
      }
      continue;
    }
    if (start < 0) {
      start = at;
    }
    if (code === sign && quote !== SINGLE_QUOTE) {
      at++;
    } else if (quote !== 0) {
      quote = code === quote ? 0 : quote;
    } else if (code === SINGLE_QUOTE || code === DOUBLE_QUOTE) {
      quote = code;
    }
  }
  if (start >= 0) {
    words.push({ start, end: span.end });
  }
  return words;
}

/** The keys and values of ARG, ENV or LABEL; `oldForm` allows `key value` without an equals sign. */
export function properties(line: string, span: Span, escapeSign: Escape, oldForm: boolean): Property[] {
  const words = quotedWords(line, span, escapeSign);
  const first = words[0];
  if (oldForm && first && !line.slice(first.start, first.end).includes('=')) {
    return [oldProperty(line, { start: first.start, end: span.end })];
  }
  return words.map((word) => {
    const equals = line.slice(word.start, word.end).indexOf('=');
    const middle = word.start + equals;
    return equals < 0
      ? { key: word }
      : { key: { start: word.start, end: middle }, value: { start: middle + 1, end: word.end } };
  });
}

/** `key value`: the first blank divides them, be it quoted or escaped. */
function oldProperty(line: string, span: Span): Property {
  let middle = span.start;
  while (middle < span.end && !isBlank(line.charCodeAt(middle))) {
    middle++;
  }
  const key = { start: span.start, end: middle };
  while (middle < span.end && isBlank(line.charCodeAt(middle))) {
    middle++;
  }
  return middle < span.end ? { key, value: { start: middle, end: span.end } } : { key };
}
