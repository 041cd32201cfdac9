// The elements of one long JSON array, given on in parts while it is still on its way.

/** Bytes that are waited for before some elements are read: shorter answers are read as a whole. */
const defaultPart = 128 * 1024;
const betweenObjects = '},{';

/**
 * Reads the bytes of a JSON array of objects in parts of at least `part` bytes, so that neither the whole text nor all raw
 * elements are in memory at once. `take` is given elements in order; `end` gives what is left, or the value of a text that
 * is no array, and throws a `SyntaxError` where the text is no JSON.
 *
 * A part is cut between two objects. Whether these are elements, or only look so inside a string or a list of an element,
 * the JSON parser tells: it takes what comes before only when nothing is open there. Where it does not, twice as much is
 * waited for, so that the work stays linear.
 */
export function jsonElements(
  take: (elements: unknown[]) => void,
  part = defaultPart,
): { push(chunk: Uint8Array): void; end(): unknown } {
  let kept: Uint8Array[] = [];
  let length = 0;
  let wanted = part;
  /** Whether elements were given on, so that what is kept begins with the comma after them. */
  let begun = false;

  function cut(): void {
    const bytes = Buffer.concat(kept);
    const end = bytes.lastIndexOf(betweenObjects) + 1;
    const elements = end > 0 ? elementsOf(bytes.subarray(0, end)) : undefined;
    if (elements) {
      begun = true;
      take(elements);
    }
    const rest = elements ? bytes.subarray(end) : bytes;
    kept = [rest];
    length = rest.length;
    wanted = Math.max(part, elements ? 0 : length * 2);
  }

  function elementsOf(bytes: Buffer): unknown[] | undefined {
    try {
      const value = JSON.parse(`${opened(bytes.toString())}]`) as unknown;
      return Array.isArray(value) ? value : undefined;
    } catch {
      return undefined;
    }
  }

  /** The text as the beginning of an array. */
  const opened = (text: string) => (begun ? `[${text.slice(1)}` : text);

  return {
    push(chunk) {
      kept.push(chunk);
      length += chunk.length;
      if (length >= wanted) {
        cut();
      }
    },
    end() {
      const text = Buffer.concat(kept).toString();
      if (text.trim() === '') {
        return undefined;
      }
      const value = JSON.parse(opened(text)) as unknown;
      if (!Array.isArray(value)) {
        return value;
      }
      if (value.length > 0) {
        take(value);
      }
      return undefined;
    },
  };
}
