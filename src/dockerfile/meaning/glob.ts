// The patterns of `${VAR#pattern}`, `${VAR%pattern}` and `${VAR/pattern/text}`: `*` and `?`, matched without regular
// expressions, so that no pattern can take long.

/** What stands between the stars of a pattern: characters, and undefined for any one character. */
type Piece = readonly (string | undefined)[];

/** Beyond these lengths nothing is worked out: the time that a match takes grows with the square of the value. */
const MAX_VALUE_LENGTH = 256;
const MAX_PATTERN_LENGTH = 32;

/** Drops the shortest (or the longest) stretch from the start that the pattern matches. */
export function trimStart(value: string, pattern: string, longest: boolean): string | undefined {
  if (tooLong(value, pattern)) {
    return undefined;
  }
  return value.slice(matchEnd(value, 0, pieces(pattern), longest) ?? 0);
}

/** Drops the shortest (or the longest) stretch from the end that the pattern matches. */
export function trimFinish(value: string, pattern: string, longest: boolean): string | undefined {
  if (tooLong(value, pattern)) {
    return undefined;
  }
  const parsed = pieces(pattern);
  for (let step = 0; step <= value.length; step++) {
    const start = longest ? step : value.length - step;
    if (matchesRest(value, start, parsed)) {
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
  const parsed = pieces(pattern);
  const beginsWithStar = parsed.length > 1 && parsed[0]?.length === 0;
  let result = '';
  let at = 0;
  while (at < value.length) {
    const end = matchEnd(value, at, parsed, true);
    if (end === undefined && beginsWithStar) {
      // What a leading star does not find from here on is not found further on either.
      break;
    }
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
  return value.length > MAX_VALUE_LENGTH || pattern.length > MAX_PATTERN_LENGTH;
}

function pieces(pattern: string): Piece[] {
  let piece: (string | undefined)[] = [];
  const found: Piece[] = [piece];
  for (let at = 0; at < pattern.length; at++) {
    const sign = pattern.charAt(at);
    if (sign === '*') {
      piece = [];
      found.push(piece);
    } else if (sign === '?') {
      piece.push(undefined);
    } else {
      at += sign === '\\' && at + 1 < pattern.length ? 1 : 0;
      piece.push(pattern.charAt(at));
    }
  }
  return found;
}

/** Where a match that begins at `start` ends, as late or as early as can be; undefined without a match. */
function matchEnd(value: string, start: number, parsed: readonly Piece[], longest: boolean): number | undefined {
  const earliest = afterMost(value, start, parsed);
  const last = parsed[parsed.length - 1] ?? [];
  if (earliest === undefined || parsed.length === 1) {
    return earliest;
  }
  if (!longest) {
    const found = find(value, earliest, last);
    return found === undefined ? undefined : found + last.length;
  }
  for (let at = value.length - last.length; at >= earliest; at--) {
    if (matchesAt(value, at, last)) {
      return at + last.length;
    }
  }
  return undefined;
}

/** Whether the pattern matches all from `start` to the end. */
function matchesRest(value: string, start: number, parsed: readonly Piece[]): boolean {
  const earliest = afterMost(value, start, parsed);
  if (earliest === undefined || parsed.length === 1) {
    return earliest === value.length;
  }
  const last = parsed[parsed.length - 1] ?? [];
  const at = value.length - last.length;
  return at >= earliest && matchesAt(value, at, last);
}

/** The earliest offset after all pieces but the last; after the only one when there is but one. */
function afterMost(value: string, start: number, parsed: readonly Piece[]): number | undefined {
  const [first = []] = parsed;
  if (!matchesAt(value, start, first)) {
    return undefined;
  }
  let at = start + first.length;
  for (const piece of parsed.slice(1, -1)) {
    const found = find(value, at, piece);
    if (found === undefined) {
      return undefined;
    }
    at = found + piece.length;
  }
  return at;
}

function find(value: string, from: number, piece: Piece): number | undefined {
  for (let at = from; at + piece.length <= value.length; at++) {
    if (matchesAt(value, at, piece)) {
      return at;
    }
  }
  return undefined;
}

function matchesAt(value: string, at: number, piece: Piece): boolean {
  return (
    at + piece.length <= value.length &&
    piece.every((sign, index) => sign === undefined || sign === value.charAt(at + index))
  );
}
