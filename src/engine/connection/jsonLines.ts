// Streams of JSON, one value a line, as the engine sends events and progress.

/** A longer line is given up, so that a broken stream cannot fill the memory. */
const maxLine = 16 * 1024 * 1024;
/** After so many lines that are no JSON it is another stream than it should be: no more are tried, since each takes long. */
const maxBadLines = 1000;

/**
 * Cuts a byte stream into JSON objects and lists, the only values that an engine sends. Characters that are split across chunks are put together again;
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
  let bad = 0;

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
    if (length <= maxLine) {
      parts.push(text);
    }
  }

  function finish(): void {
    const line = parts.join('').trim();
    const whole = length <= maxLine;
    parts = [];
    length = 0;
    if (line === '') {
      return;
    }
    // A failure of the parser takes longer than most lines, so that what can be neither is not given to it.
    const likely = whole && bad < maxBadLines && ['{}', '[]'].includes(line.charAt(0) + line.slice(-1));
    let value: unknown;
    try {
      value = likely ? JSON.parse(line) : undefined;
    } catch {
      value = undefined;
    }
    if (value === undefined) {
      bad += 1;
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
