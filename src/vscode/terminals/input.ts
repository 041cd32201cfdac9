// A line that is typed for a process without a terminal: nobody else echoes it, mends it or ends it.

/** Returns what takes the keys. Enter sends the line, Ctrl-D on an empty one ends the input, Ctrl-U and Backspace delete. */
export function createLineInput(to: {
  echo(text: string): void;
  write(line: string): void;
  end(): void;
}): (keys: string) => void {
  let line: string[] = [];
  const erase = (count: number) => {
    const erased = line.splice(Math.max(0, line.length - count));
    // A wide character stands in two places.
    to.echo('\b \b'.repeat(erased.reduce((sum, character) => sum + (isWide(character) ? 2 : 1), 0)));
  };
  return (keys) => {
    // Cursor keys and the like mean nothing here.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: keys come as escapes.
    for (const key of keys.replace(/\u001b(?:\[[0-?]*[ -/]*[@-~]|O.|.)?/g, '')) {
      if (key === '\r' || key === '\n') {
        to.echo('\r\n');
        to.write(`${line.join('')}\n`);
        line = [];
      } else if (key === '\u007f' || key === '\b') {
        erase(1);
      } else if (key === '\u0015') {
        erase(line.length);
      } else if (key === '\u0004') {
        if (line.length === 0) {
          to.end();
        }
      } else if (key >= ' ' || key === '\t') {
        line.push(key);
        to.echo(key);
      }
    }
  };
}

function isWide(character: string): boolean {
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(
    character,
  );
}
