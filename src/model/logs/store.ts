// Lines of logs in memory, up to a bound: a million of them take about their text and 15 bytes each.
import type { LogLine } from './lines.ts';
import {
  addLine,
  createFinder,
  createPartsReader,
  type LineFilter,
  lineAt,
  openPage,
  pageSize,
  type SealedPage,
  sealPage,
  sizeOf,
} from './sealedPages.ts';

export interface StoreLimits {
  lines: number;
  /** Characters of all texts. */
  characters: number;
}

export interface LogStore {
  /** Lines that were dropped to stay within the limits: the number of the first line that is there. */
  readonly first: number;
  /** One more than the number of the last line. */
  readonly end: number;
  push(line: LogLine): void;
  /** The line with this number; undefined where it was dropped. */
  get(number: number): LogLine | undefined;
  /** Forgets everything; numbers go on. */
  clear(): void;
  /** The numbers of lines from `from` on that pass the filter. */
  find(filter: LineFilter, from: number): number[];
}

/**
 * An empty store. Beyond the limits the oldest lines go, a thousand at a time, so that there may be up to a thousand more
 * than a limit says. It throws nothing.
 */
export function createLogStore(limits: StoreLimits): LogStore {
  let sealed: SealedPage[] = [];
  let open = openPage(0);
  /** Characters of all texts that are there. */
  let characters = 0;
  let partsOf = createPartsReader();

  const firstLine = () => (sealed[0] ?? open).first;
  const lastLine = () => open.first + open.length;

  function drop(): void {
    while (lastLine() - firstLine() > limits.lines || characters > limits.characters) {
      const oldest = sealed.shift();
      if (!oldest) {
        return;
      }
      characters -= sizeOf(oldest);
    }
  }

  return {
    get first() {
      return firstLine();
    },
    get end() {
      return lastLine();
    },
    push(line) {
      if (open.length === pageSize) {
        sealed.push(sealPage(open));
        open = openPage(lastLine());
      }
      addLine(open, line);
      characters += line.text.length;
      drop();
    },
    get(number) {
      if (number < firstLine() || number >= lastLine()) {
        return undefined;
      }
      const page = sealed[Math.floor((number - firstLine()) / pageSize)] ?? open;
      return lineAt(page, partsOf(page), number - page.first);
    },
    clear() {
      open = openPage(lastLine());
      sealed = [];
      characters = 0;
      partsOf = createPartsReader();
    },
    find(filter, from) {
      const find = createFinder(filter);
      return [...sealed, open].flatMap((page) => find(page, from));
    },
  };
}
