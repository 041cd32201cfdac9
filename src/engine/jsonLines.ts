// Streams of JSON, one value a line, as the engine sends events and progress.

/** A longer line is given up, so that a broken stream cannot fill the memory. */
const longestLine = 16 * 1024 * 1024;

/**
 * Cuts a byte stream into JSON values. Characters that are split across chunks are put together again;
 * a line that is no JSON goes to `onBadLine` and the rest is still read.
 * The last line needs no line end: call `end` when the stream has ended.
 */
export function jsonLines(
  onValue: (value: unknown) => void,
  onBadLine: (line: string) => void = () => {},
): { push(chunk: Uint8Array): void; end(): void } {
  const decoder = new TextDecoder();
  let parts: string[] = [];
  let length = 0;

  function take(text: string): void {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      keep(text.slice(start, end));
      finish();
      start = end + 1;
    }
    keep(text.slice(start));
  }

  function keep(text: string): void {
    length += text.length;
    if (length <= longestLine) {
      parts.push(text);
    }
  }

  function finish(): void {
    const line = parts.join('').trim();
    const whole = length <= longestLine;
    parts = [];
    length = 0;
    if (line === '') {
      return;
    }
    let value: unknown;
    try {
      value = whole ? JSON.parse(line) : undefined;
    } catch {
      value = undefined;
    }
    if (value === undefined) {
      onBadLine(line.slice(0, 500));
    } else {
      onValue(value);
    }
  }

  return {
    push: (chunk) => take(decoder.decode(chunk, { stream: true })),
    end() {
      take(decoder.decode());
      finish();
    },
  };
}
