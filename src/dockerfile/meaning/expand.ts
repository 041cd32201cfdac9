// Works out what the builder makes of a text with variables, quotes and escapes.
import { DOUBLE_QUOTE, SINGLE_QUOTE } from '../syntax/chars.ts';
import { lex, type Variable } from '../syntax/lex.ts';
import type { Escape, Span } from '../syntax/nodes.ts';
import { replace, trimFinish, trimStart } from './glob.ts';

/** A value and what it was made from. */
export interface Expansion {
  /** Undefined when it cannot be known from the file. */
  readonly text: string | undefined;
  /** The names that were looked up, once each. */
  readonly names: readonly string[];
}

/** What a name stands for: its value, `undefined` when it is not set, `unknown` when that cannot be told. */
export type Lookup = (name: string) => { text: string } | 'unknown' | undefined;

/** Values beyond this length are not followed: variables that double themselves would grow without bound. */
const MAX_VALUE_LENGTH = 4096;
const MAX_DEPTH = 40;

interface Work {
  readonly line: string;
  readonly sign: number;
  readonly variables: readonly Variable[];
  readonly lookup: Lookup;
  readonly names: Set<string>;
}

/** Expands a stretch of a logical line; quotes and escapes go, as in the value of an ENV. */
export function expand(line: string, span: Span, escapeSign: Escape, lookup: Lookup): Expansion {
  const sign = escapeSign.charCodeAt(0);
  const { variables } = lex(line, span.start, span.end, { escape: sign });
  const work: Work = { line, sign, variables, lookup, names: new Set() };
  const text = expandSpan(work, span, 0, { next: 0 });
  return { text, names: [...work.names] };
}

function expandSpan(work: Work, span: Span, depth: number, cursor: { next: number }): string | undefined {
  const { line, variables } = work;
  let result = '';
  let known = depth < MAX_DEPTH;
  let quote = 0;
  let at = span.start;
  while (at < span.end) {
    let variable = variables[cursor.next];
    while (variable && variable.start < at) {
      cursor.next++;
      variable = variables[cursor.next];
    }
    if (variable && variable.start === at) {
      cursor.next++;
      const value = depth < MAX_DEPTH ? substitute(work, variable, depth, cursor) : undefined;
      known &&= value !== undefined;
      result += value ?? '';
      at = variable.end;
    } else {
      const code = line.charCodeAt(at);
      if (quote === SINGLE_QUOTE) {
        quote = code === SINGLE_QUOTE ? 0 : quote;
        result += code === SINGLE_QUOTE ? '' : line.charAt(at);
      } else if (code === work.sign) {
        const next = line.charCodeAt(at + 1);
        const drops = quote === 0 || next === DOUBLE_QUOTE || next === 36 || next === work.sign;
        result += drops ? '' : line.charAt(at);
        at++;
        result += at < span.end ? line.charAt(at) : '';
      } else if (code === DOUBLE_QUOTE) {
        quote = quote === 0 ? DOUBLE_QUOTE : 0;
      } else if (code === SINGLE_QUOTE && quote === 0) {
        quote = SINGLE_QUOTE;
      } else {
        result += line.charAt(at);
      }
      at++;
    }
    known &&= result.length <= MAX_VALUE_LENGTH;
    if (!known) {
      result = '';
    }
  }
  return known ? result : undefined;
}

function substitute(work: Work, variable: Variable, depth: number, cursor: { next: number }): string | undefined {
  work.names.add(variable.name);
  const found = work.lookup(variable.name);
  const { modifier, operand } = variable;
  if (modifier === '' || !operand) {
    return found === 'unknown' ? undefined : (found?.text ?? '');
  }
  if (modifier.startsWith('/')) {
    return replaced(work, operand, modifier === '//', found);
  }
  const word = expandSpan(work, operand, depth + 1, cursor);
  if (found === 'unknown') {
    return undefined;
  }
  const unset = found === undefined || (modifier.startsWith(':') && found.text === '');
  switch (modifier.replace(':', '')) {
    case '-':
      return unset ? word : found.text;
    case '+':
      return unset ? '' : word;
    case '?':
      return unset ? undefined : found.text;
    case '#':
    case '##':
      return word === undefined ? undefined : trimStart(found?.text ?? '', word, modifier === '##');
    case '%':
    case '%%':
      return word === undefined ? undefined : trimFinish(found?.text ?? '', word, modifier === '%%');
    default:
      return undefined;
  }
}

function replaced(work: Work, operand: Span, all: boolean, found: ReturnType<Lookup>): string | undefined {
  const text = work.line.slice(operand.start, operand.end);
  const slash = patternEnd(text);
  if (found === 'unknown' || slash < 0 || text.includes('$')) {
    return undefined;
  }
  return replace(found?.text ?? '', text.slice(0, slash), text.slice(slash + 1), all);
}

/** Where the slash stands that ends the pattern: the first one that is not escaped; -1 without one. */
function patternEnd(text: string): number {
  for (let at = 0; at < text.length; at++) {
    if (text.charAt(at) === '\\') {
      at++;
    } else if (text.charAt(at) === '/') {
      return at;
    }
  }
  return -1;
}
