// The elements of one long JSON array, given on in parts while it is still on its way.

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
/** 1 for the bytes above. */
const kinds = new Uint8Array(256);
for (const byte of [quote, backslash, comma, openBracket, closeBracket, openBrace, closeBrace]) {
  kinds[byte] = 1;
}

/**
 * Cuts the bytes of a JSON array into its elements. `take` is given those that are complete, some at a time and in order,
 * so that neither the whole text nor all raw elements are in memory at once. `push` and `end` throw a `SyntaxError` where
 * the text is no JSON; `end` gives the value of a text that is JSON but no array.
 */
export function jsonElements(take: (elements: unknown[]) => void): { push(chunk: Uint8Array): void; end(): unknown } {
  /** What came after the last complete element. */
  let kept: Uint8Array[] = [];
  let begun = false;
  let array = false;
  let depth = 0;
  let inString = false;
  let escaped = false;
  /** Whether a comma has come, after which there must be one more element. */
  let more = false;

  function push(chunk: Uint8Array): void {
    let at = 0;
    if (!begun) {
      while (at < chunk.length && isBlank(chunk[at])) {
        at++;
      }
      if (at === chunk.length) {
        return;
      }
      begun = true;
      array = chunk[at] === openBracket;
      if (array) {
        depth = 1;
        at++;
      }
    }
    if (!array || depth === 0) {
      kept.push(chunk.subarray(at));
      return;
    }
    const start = at;
    const complete = scan(chunk, at);
    if (complete < 0) {
      kept.push(chunk.subarray(start));
      return;
    }
    const text = Buffer.concat([...kept, chunk.subarray(start, complete)]).toString();
    kept = complete + 1 < chunk.length ? [chunk.subarray(complete + 1)] : [];
    const last = depth === 0;
    if (last && chunk[complete] !== closeBracket) {
      throw new SyntaxError('The array ends with a brace.');
    }
    const elements = JSON.parse(`[${text}]`) as unknown[];
    if (elements.length > 0) {
      take(elements);
    } else if (!last || more) {
      throw new SyntaxError('An element of the array is missing.');
    }
    more = !last;
  }

  /** Goes on with the bytes from `at`; gives where the last complete element ends, or -1. */
  function scan(chunk: Uint8Array, at: number): number {
    // In variables of its own, since it is the loop over every byte.
    let [level, within, skip] = [depth, inString, escaped];
    const { length } = chunk;
    let complete = -1;
    for (let index = at; index < length && level > 0; index++) {
      const byte = chunk[index] as number;
      // Most bytes are none of these.
      if (kinds[byte] === 0) {
        skip = false;
      } else if (within) {
        if (skip) {
          skip = false;
        } else if (byte === backslash) {
          skip = true;
        } else if (byte === quote) {
          within = false;
        }
      } else if (byte === quote) {
        within = true;
      } else if (byte === openBrace || byte === openBracket) {
        level++;
      } else if (byte === closeBrace || byte === closeBracket) {
        level--;
        if (level === 0) {
          complete = index;
        }
      } else if (byte === comma && level === 1) {
        complete = index;
      }
    }
    [depth, inString, escaped] = [level, within, skip];
    return complete;
  }

  return {
    push,
    end() {
      const rest = Buffer.concat(kept).toString();
      if (!array) {
        return rest === '' ? undefined : (JSON.parse(rest) as unknown);
      }
      if (depth > 0 || rest.trim() !== '') {
        throw new SyntaxError('The array does not end where it should.');
      }
      return undefined;
    },
  };
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
