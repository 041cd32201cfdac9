// The patterns of `${VAR#pattern}`, `${VAR%pattern}` and `${VAR/pattern/text}`: `*` and `?`, matched without regular
// expressions, so that no pattern can take long.

type Token = { any: true } | { one: true } | { text: string };

/** Beyond these lengths nothing is worked out: the time that a match takes grows with the square of the value. */
const LONGEST_VALUE = 256;
const LONGEST_PATTERN = 32;

/** Drops the shortest (or the longest) stretch from the start that the pattern matches. */
export function trimStart(value: string, pattern: string, longest: boolean): string | undefined {
  if (tooLong(value, pattern)) {
    return undefined;
  }
  const ends = matchEnds(value, 0, tokens(pattern));
  const end = longest ? ends[ends.length - 1] : ends[0];
  return end === undefined ? value : value.slice(end);
}

/** Drops the shortest (or the longest) stretch from the end that the pattern matches. */
export function trimFinish(value: string, pattern: string, longest: boolean): string | undefined {
  if (tooLong(value, pattern)) {
    return undefined;
  }
  const parsed = tokens(pattern);
  for (let step = 0; step <= value.length; step++) {
    const start = longest ? step : value.length - step;
    if (matchEnds(value, start, parsed).includes(value.length)) {
      return value.slice(0, start);
    }
  }
  return value;
}

/** Replaces the first stretch that the pattern matches, or all of them; each as long as can be. */
export function replace(value: string, pattern: string, text: string, all: boolean): string | undefined {
  if (tooLong(value, pattern)) {
    return undefined;
  }
  const parsed = tokens(pattern);
  let result = '';
  let at = 0;
  while (at <= value.length) {
    const end = matchEnds(value, at, parsed).pop();
    if (end === undefined || end === at) {
      result += value.charAt(at);
      at++;
      continue;
    }
    result += text;
    at = end;
    if (!all) {
      break;
    }
  }
  return result + value.slice(at);
}

function tooLong(value: string, pattern: string): boolean {
  return value.length > LONGEST_VALUE || pattern.length > LONGEST_PATTERN;
}

function tokens(pattern: string): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const sign = pattern.charAt(at);
    if (sign === '*') {
      found.push({ any: true });
    } else if (sign === '?') {
      found.push({ one: true });
    } else if (sign === '\\' && at + 1 < pattern.length) {
      at++;
      found.push({ text: pattern.charAt(at) });
    } else {
      found.push({ text: sign });
    }
  }
  return found;
}

/** Every offset at which a match that begins at `start` can end, in rising order. */
function matchEnds(value: string, start: number, pattern: readonly Token[]): number[] {
  let ends = [start];
  for (const token of pattern) {
    if ('any' in token) {
      const first = ends[0];
      ends = [];
      for (let end = first ?? value.length + 1; end <= value.length; end++) {
        ends.push(end);
      }
    } else {
      ends = ends
        .filter((end) => end < value.length && ('one' in token || value.charAt(end) === token.text))
        .map((end) => end + 1);
    }
  }
  return ends;
}
