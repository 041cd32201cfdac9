// Lines of logs in pages of a thousand: the one that is being filled, and those that are full, in as little memory as may be.
import { type Level, type LogLine, levels } from './lines.ts';
import { textTest } from './match.ts';

/** Lines of one page. */
export const pageSize = 1000;

interface Page {
  /** Number of its first line since the beginning. */
  readonly first: number;
  length: number;
  /** By the place of a line in the page: where its text begins when all are joined by line ends. One more than lines. */
  readonly starts: Uint32Array;
  readonly sources: Uint8Array;
  /** Places in `levels`. */
  readonly levels: Uint8Array;
  /** Characters that were cut off, of the lines where some were. */
  readonly cut: Map<number, number>;
}

/** What a line has besides the numbers, by its place in the page. */
interface Parts {
  stamps: readonly string[];
  /** The texts with their colours, of the lines that have some. */
  colored: ReadonlyMap<number, string>;
}

/** The page that is being filled. */
export interface OpenPage extends Page, Parts {
  readonly texts: string[];
  readonly stamps: string[];
  readonly colored: Map<number, string>;
}

/** A page that is full: one string instead of a thousand takes less memory and is searched at once. */
export interface SealedPage extends Page {
  /** Joined by line ends. */
  readonly text: string;
  readonly stamps: string;
  /** The lines that have colours, each after its place in the page. */
  readonly colored: string;
}

export interface LineFilter {
  /** Only lines that hold this; upper and lower case are alike unless `exact`. */
  text: string;
  exact: boolean;
  /** Only lines of this level or worse. */
  level: Level;
  /** Sources that are left out. */
  hidden: ReadonlySet<number>;
}

/** An empty page whose first line has this number. */
export function openPage(first: number): OpenPage {
  return {
    first,
    length: 0,
    starts: new Uint32Array(pageSize + 1),
    sources: new Uint8Array(pageSize),
    levels: new Uint8Array(pageSize),
    cut: new Map(),
    texts: [],
    stamps: [],
    colored: new Map(),
  };
}

/** Adds a line; the page must not be full. */
export function addLine(page: OpenPage, line: LogLine): void {
  const index = page.length;
  page.texts.push(line.text);
  page.stamps.push(line.stamp);
  page.starts[index + 1] = (page.starts[index] ?? 0) + line.text.length + 1;
  page.sources[index] = line.source;
  page.levels[index] = levels.indexOf(line.level);
  if (line.colored !== undefined) {
    page.colored.set(index, line.colored);
  }
  if (line.cut > 0) {
    page.cut.set(index, line.cut);
  }
  page.length += 1;
}

/** The page with its lines joined. No text of a line may have a line end in it. */
export function sealPage({
  first,
  length,
  starts,
  sources,
  levels,
  cut,
  texts,
  stamps,
  colored,
}: OpenPage): SealedPage {
  return {
    first,
    length,
    starts,
    sources,
    levels,
    cut,
    text: texts.join('\n'),
    stamps: stamps.join('\n'),
    colored: [...colored].map(([index, line]) => `${index} ${line}`).join('\n'),
  };
}

/** Gives what the lines of a page have besides numbers. It keeps that of the full page that was read last, for the next line. */
export function createPartsReader(): (page: OpenPage | SealedPage) => Parts {
  let last: { page: SealedPage; parts: Parts } | undefined;
  return (page) => {
    if ('texts' in page) {
      return page;
    }
    if (last?.page !== page) {
      last = { page, parts: partsOf(page) };
    }
    return last.parts;
  };
}

/** Stamps and coloured texts apart again. */
function partsOf({ stamps, colored }: SealedPage): Parts {
  const lines = colored === '' ? [] : colored.split('\n');
  return {
    stamps: stamps.split('\n'),
    colored: new Map(
      lines.map((line): [number, string] => {
        const space = line.indexOf(' ');
        return [Number(line.slice(0, space)), line.slice(space + 1)];
      }),
    ),
  };
}

/** The line at this place, which must be one of the page's. */
export function lineAt(page: OpenPage | SealedPage, { stamps, colored }: Parts, index: number): LogLine {
  const ownColors = colored.get(index);
  return {
    source: page.sources[index] ?? 0,
    stamp: stamps[index] ?? '',
    text: textAt(page, index),
    level: levels[page.levels[index] ?? 0] ?? 'none',
    cut: page.cut.get(index) ?? 0,
    ...(ownColors !== undefined && { colored: ownColors }),
  };
}

/** Characters of the page's texts. */
export function sizeOf(page: Page): number {
  return (page.starts[page.length] ?? 0) - page.length;
}

/** The search of a page: it gives the numbers of the lines from `from` on that pass the filter. */
export function createFinder({
  text,
  exact,
  level,
  hidden,
}: LineFilter): (page: OpenPage | SealedPage, from: number) => number[] {
  const holds = text === '' ? undefined : textTest(text, exact);
  const worst = levels.indexOf(level);
  return (page, from) => {
    const found: number[] = [];
    // Most pages hold none of what is searched for, which their one string says at once.
    if (page.first + page.length <= from || (holds && 'text' in page && !holds(page.text))) {
      return found;
    }
    for (let index = Math.max(0, from - page.first); index < page.length; index += 1) {
      const own = page.levels[index] ?? 0;
      if (
        (worst === 0 || (own > 0 && own <= worst)) &&
        !hidden.has(page.sources[index] ?? 0) &&
        (!holds || holds(textAt(page, index)))
      ) {
        found.push(page.first + index);
      }
    }
    return found;
  };
}

function textAt(page: OpenPage | SealedPage, index: number): string {
  return 'texts' in page
    ? (page.texts[index] ?? '')
    : page.text.slice(page.starts[index], (page.starts[index + 1] ?? 0) - 1);
}
