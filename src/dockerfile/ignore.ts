// The rules of a .dockerignore file: which line leaves a path out of the build context.
//
// Source of the rules: the Dockerfile reference's page on the build context, and github.com/moby/patternmatcher.

import { normalizePath } from '../model/files/entry.ts';

export interface IgnoreRule {
  /** Counted from 1. */
  readonly line: number;
  /** As written, without white space at its ends. */
  readonly pattern: string;
  /** `!`: brings back what a rule above left out. */
  readonly negated: boolean;
  readonly tokens: readonly Token[];
}

type Token =
  /** `**`: any number of directories. */
  | { readonly kind: 'deep'; readonly last: boolean }
  /** `*`: any characters but `/`. */
  | { readonly kind: 'star' }
  /** These characters. */
  | { readonly kind: 'text'; readonly text: string }
  /** One character that the test holds for. */
  | { readonly kind: 'one'; readonly is: (sign: string) => boolean };

/** Reads the rules in order. Lines that begin with `#` and lines that hold nothing are passed over. */
export function parseIgnore(text: string): IgnoreRule[] {
  const rules: IgnoreRule[] = [];
  text
    .replace(/^\ufeff/, '')
    .split('\n')
    .forEach((raw, index) => {
      const pattern = raw.trim();
      const negated = pattern.startsWith('!');
      const path = cleaned(negated ? pattern.slice(1).trim() : pattern);
      if (!raw.startsWith('#') && path !== '') {
        rules.push({ line: index + 1, pattern, negated, tokens: readTokens(path) });
      }
    });
  return rules;
}

/** The rule that leaves a path out; the path is relative to the context, with `/` between its parts. */
export function ignoredBy(rules: readonly IgnoreRule[], path: string): IgnoreRule | undefined {
  const wanted = cleaned(path);
  let found: IgnoreRule | undefined;
  for (const rule of rules) {
    if (matches(rule.tokens, wanted)) {
      found = rule.negated ? undefined : rule;
    }
  }
  return found;
}

/** The path without `.`, empty parts, and `..` beyond its beginning. */
function cleaned(path: string): string {
  return normalizePath(path).slice(1);
}

function readTokens(pattern: string): Token[] {
  const tokens: Token[] = [];
  let text = '';
  const push = (...added: Token[]): void => {
    tokens.push(...(text === '' ? [] : [{ kind: 'text', text } as const]), ...added);
    text = '';
  };
  const lastClose = pattern.lastIndexOf(']');
  for (let at = 0; at < pattern.length; at++) {
    const sign = pattern.charAt(at);
    if (sign === '*' && pattern.charAt(at + 1) === '*') {
      at += pattern.charAt(at + 2) === '/' ? 2 : 1;
      push({ kind: 'deep', last: at + 1 >= pattern.length });
    } else if (sign === '*') {
      push({ kind: 'star' });
    } else if (sign === '?') {
      push({ kind: 'one', is: (other) => other !== '/' });
    } else if (sign === '[' && lastClose >= at + 2) {
      const close = pattern.indexOf(']', at + 2);
      push({ kind: 'one', is: characterClass(pattern.slice(at + 1, close)) });
      at = close;
    } else {
      at += sign === '\\' && at + 1 < pattern.length ? 1 : 0;
      text += pattern.charAt(at);
    }
  }
  push();
  return tokens;
}

/** `abc`, `a-z`, `^0-9`. */
function characterClass(text: string): (sign: string) => boolean {
  const negated = text.startsWith('^');
  const ranges: [string, string][] = [];
  for (let at = negated ? 1 : 0; at < text.length; at++) {
    const from = text.charAt(at);
    const isRange = text.charAt(at + 1) === '-' && at + 2 < text.length;
    ranges.push([from, isRange ? text.charAt(at + 2) : from]);
    at += isRange ? 2 : 0;
  }
  return (sign) => sign !== '/' && ranges.some(([from, to]) => from <= sign && sign <= to) !== negated;
}

/**
 * Whether the pattern matches the path or a directory that it is in, since a rule for a directory is one for all in it.
 * Follows all offsets that the pattern can have come to at once, in ascending order, so that no pattern takes long.
 */
function matches(tokens: readonly Token[], path: string): boolean {
  let reached = [0];
  for (const token of tokens) {
    switch (token.kind) {
      case 'text':
        reached = reached.filter((at) => path.startsWith(token.text, at)).map((at) => at + token.text.length);
        break;
      case 'one':
        reached = reached.filter((at) => at < path.length && token.is(path.charAt(at))).map((at) => at + 1);
        break;
      default:
        reached = afterMany(token, path, reached);
    }
  }
  return reached.some((at) => at === path.length || path.charAt(at) === '/');
}

/** A star goes on to the end of its part of the path; two go on to the beginning of any part, at the end to anywhere. */
function afterMany(token: Token & { kind: 'star' | 'deep' }, path: string, reached: readonly number[]): number[] {
  const next: number[] = [];
  let index = 0;
  let running = false;
  for (let at = reached[0] ?? path.length + 1; at <= path.length; at++) {
    const afterSlash = path.charAt(at - 1) === '/';
    const goesOn: boolean = running && (token.kind === 'star' ? !afterSlash : token.last || afterSlash);
    const starts = reached[index] === at;
    index += starts ? 1 : 0;
    running = starts || (token.kind === 'star' ? goesOn : running);
    if (starts || goesOn) {
      next.push(at);
    }
  }
  return next;
}
