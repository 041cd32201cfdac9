// Lines of logs in memory, up to a bound: a million of them take about their text and 15 bytes each.
import { type Level, type LogLine, levels } from './lines.ts';

/** Lines of one page, whose texts are one string. */
const pageSize = 1000;

interface Page {
  /** Number of its first line since the beginning. */
  first: number;
  /** Texts of full pages, joined by line ends. */
  text: string;
  starts: Uint32Array;
  sources: Uint8Array;
  levels: Uint8Array;
  /** Of full pages, joined like the texts. */
  stamps: string;
  /** Of full pages: the lines that have colours, each with its place in the page. */
  colored: string;
  cut: Map<number, number>;
  length: number;
}

export interface StoreLimits {
  lines: number;
  /** Characters of all texts. */
  characters: number;
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

export function createLogStore(limits: StoreLimits): LogStore {
  let pages: Page[] = [];
  /** Texts of the page that is being filled. */
  let fresh: string[] = [];
  let freshStamps: string[] = [];
  /** The full page that was read last, with its parts apart again. */
  let opened: { page: Page; stamps: string[]; colored: Map<number, string> } | undefined;
  let freshColored = new Map<number, string>();
  let first = 0;
  let end = 0;
  let characters = 0;

  function lastPage(): Page {
    const last = pages.at(-1);
    if (last && last.length < pageSize) {
      return last;
    }
    if (last) {
      seal(last);
    }
    const page: Page = {
      first: end,
      text: '',
      starts: new Uint32Array(pageSize + 1),
      sources: new Uint8Array(pageSize),
      levels: new Uint8Array(pageSize),
      stamps: '',
      colored: '',
      cut: new Map(),
      length: 0,
    };
    pages.push(page);
    return page;
  }

  /** One string instead of a thousand takes less memory and is searched at once. */
  function seal(page: Page): void {
    page.text = fresh.join('\n');
    page.stamps = freshStamps.join('\n');
    page.colored = [...freshColored].map(([index, line]) => `${index} ${line}`).join('\n');
    freshColored = new Map();
    fresh = [];
    freshStamps = [];
  }

  function drop(): void {
    const over = () => end - first > limits.lines || characters > limits.characters;
    while (over() && pages.length > 1) {
      const page = pages.shift();
      if (page) {
        characters -= sizeOf(page);
        first = page.first + page.length;
      }
    }
  }

  function textAt(page: Page, index: number): string {
    if (page === pages.at(-1)) {
      return fresh[index] ?? '';
    }
    return page.text.slice(page.starts[index], (page.starts[index + 1] ?? 0) - 1);
  }

  /** Stamps and coloured texts of a page, by place. */
  function partsOf(page: Page): { stamps: string[]; colored: Map<number, string> } {
    if (page === pages.at(-1)) {
      return { stamps: freshStamps, colored: freshColored };
    }
    if (opened?.page !== page) {
      const lines = page.colored === '' ? [] : page.colored.split('\n');
      const colored = lines.map((line): [number, string] => {
        const space = line.indexOf(' ');
        return [Number(line.slice(0, space)), line.slice(space + 1)];
      });
      opened = { page, stamps: page.stamps.split('\n'), colored: new Map(colored) };
    }
    return opened;
  }

  return {
    get first() {
      return first;
    },
    get end() {
      return end;
    },
    push(line) {
      const page = lastPage();
      const index = page.length;
      fresh.push(line.text);
      page.starts[index + 1] = (page.starts[index] ?? 0) + line.text.length + 1;
      page.sources[index] = line.source;
      page.levels[index] = levels.indexOf(line.level);
      freshStamps.push(line.stamp);
      if (line.colored !== undefined) {
        freshColored.set(index, line.colored);
      }
      if (line.cut > 0) {
        page.cut.set(index, line.cut);
      }
      page.length += 1;
      end += 1;
      characters += line.text.length;
      drop();
    },
    get(number) {
      const origin = pages[0]?.first ?? 0;
      const page = pages[Math.floor((number - origin) / pageSize)];
      const index = number - (page?.first ?? 0);
      if (!page || number < first || index >= page.length) {
        return undefined;
      }
      const { stamps, colored: lines } = partsOf(page);
      const colored = lines.get(index);
      return {
        source: page.sources[index] ?? 0,
        stamp: stamps[index] ?? '',
        text: textAt(page, index),
        level: levels[page.levels[index] ?? 0] ?? 'none',
        cut: page.cut.get(index) ?? 0,
        ...(colored !== undefined && { colored }),
      };
    },
    clear() {
      pages = [];
      fresh = [];
      freshStamps = [];
      freshColored = new Map();
      opened = undefined;
      first = end;
      characters = 0;
    },
    find(filter, from) {
      const found: number[] = [];
      const { passes, mayHold } = testOf(filter);
      const worst = levels.indexOf(filter.level);
      for (const page of pages) {
        if (page.first + page.length <= from || !mayHold(page.text)) {
          continue;
        }
        for (let index = Math.max(0, from - page.first); index < page.length; index += 1) {
          const level = page.levels[index] ?? 0;
          if (
            (worst === 0 || (level > 0 && level <= worst)) &&
            !filter.hidden.has(page.sources[index] ?? 0) &&
            passes(page, index)
          ) {
            found.push(page.first + index);
          }
        }
      }
      return found;
    },
  };

  function testOf({ text, exact }: LineFilter): {
    passes: (page: Page, index: number) => boolean;
    /** False for a page none of whose lines can pass; an empty text is that of the page that is being filled. */
    mayHold: (text: string) => boolean;
  } {
    if (text === '') {
      return { passes: () => true, mayHold: () => true };
    }
    const test = textTest(text, exact);
    return { passes: (page, index) => test(textAt(page, index)), mayHold: (all) => all === '' || test(all) };
  }
}

/** Whether a text holds another, with upper and lower case alike unless `exact`. */
export function textTest(text: string, exact: boolean): (line: string) => boolean {
  if (exact) {
    return (line) => line.includes(text);
  }
  const pattern = new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'iu');
  return (line) => pattern.test(line);
}

/** Characters of a page's texts. */
function sizeOf(page: Page): number {
  return (page.starts[page.length] ?? 0) - page.length;
}
