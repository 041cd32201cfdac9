// A run line with the content of the files that it names on this machine.
import type { App } from '../../app/index.ts';
import { filesNamed } from '../../model/run/clientFiles.ts';
import { parseRunLine, type RunLine } from '../../model/run/line.ts';

/** Rejects as `parseRunLine` throws. The files are read first, so that a slow disk keeps nothing else waiting. */
export async function readRunLine(app: Pick<App, 'runs'>, line: string): Promise<RunLine> {
  const context = app.runs.context();
  const read = parseRunLine(line, context);
  const names = filesNamed(read.options);
  if (names.length === 0) {
    return read;
  }
  const texts = new Map<string, string | Error>();
  for (const name of new Set(names)) {
    texts.set(name, await app.runs.readFile(name).catch((error: Error) => error));
  }
  const readFile = (name: string) => {
    const text = texts.get(name);
    if (typeof text !== 'string') {
      throw text;
    }
    return text;
  };
  return parseRunLine(line, { ...context, readFile });
}
