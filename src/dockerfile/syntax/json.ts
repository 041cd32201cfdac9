// The JSON form of arguments: an array of strings, each with its place.
import { isSpace, skipSpace } from './chars.ts';
import type { Span } from './nodes.ts';

export interface JsonString extends Span {
  /** Decoded, without quotes; the span has the quotes. */
  readonly value: string;
}

export interface JsonArray extends Span {
  readonly items: readonly JsonString[];
}

const COMMA = 44;
const OPEN = 91;
const CLOSE = 93;
const QUOTE = 34;

/**
 * Reads the stretch as a JSON array of strings; undefined when it is anything else, which BuildKit then takes for
 * the shell form (or refuses, where an element is no string).
 */
export function parseJson(text: string, from: number, to: number): JsonArray | undefined {
  const start = skipSpace(text, from, to);
  if (text.charCodeAt(start) !== OPEN || start >= to) {
    return undefined;
  }
  const items: JsonString[] = [];
  let at = skipSpace(text, start + 1, to);
  if (text.charCodeAt(at) === CLOSE && at < to) {
    return closed(text, start, at + 1, to, items);
  }
  for (;;) {
    const item = readString(text, at, to);
    if (!item) {
      return undefined;
    }
    items.push(item);
    at = skipSpace(text, item.end, to);
    const code = at < to ? text.charCodeAt(at) : -1;
    if (code === CLOSE) {
      return closed(text, start, at + 1, to, items);
    }
    if (code !== COMMA) {
      return undefined;
    }
    at = skipSpace(text, at + 1, to);
  }
}

function closed(text: string, start: number, end: number, to: number, items: JsonString[]): JsonArray | undefined {
  for (let at = end; at < to; at++) {
    if (!isSpace(text.charCodeAt(at))) {
      return undefined;
    }
  }
  return { start, end, items };
}

function readString(text: string, start: number, to: number): JsonString | undefined {
  if (text.charCodeAt(start) !== QUOTE) {
    return undefined;
  }
  for (let at = start + 1; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) {
      at++;
    } else if (code === QUOTE) {
      try {
        return { start, end: at + 1, value: String(JSON.parse(text.slice(start, at + 1))) };
      } catch {
        return undefined;
      }
    }
  }
  return undefined;
}
