// A note: what is told about one thing, read from its Markdown file.

export type NoteLanguage = 'en' | 'zh-cn';

export interface NoteLink {
  readonly text: string;
  readonly url: string;
}

/** A note's parts; all texts are Markdown. */
export interface Note {
  readonly key: string;
  /** The name of the thing, e.g. `FROM`. */
  readonly title: string;
  /** What it does, in one or two sentences. */
  readonly summary: string;
  /** A fenced code block. */
  readonly syntax?: string;
  /** Lessons from the field, each with its source. */
  readonly field: readonly string[];
  /** What the field notes found and what holds today. */
  readonly thenNow?: string;
  /** A fenced code block. */
  readonly example?: string;
  /** The first is the page of the reference. */
  readonly links: readonly NoteLink[];
}

/** The headings of a note in each language, in the order in which they stand. */
export const NOTE_HEADINGS: Readonly<Record<NoteLanguage, readonly string[]>> = {
  en: ['Syntax', 'From the field', 'Then and now', 'Example', 'Links'],
  'zh-cn': ['语法', '实战笔记', '今昔对照', '示例', '链接'],
};

/**
 * Reads a note. Throws an Error with the note's key and what is wrong when the file is not of the agreed form
 * (media/notes/README.md).
 */
export function parseNote(key: string, markdown: string, language: NoteLanguage): Note {
  const fail = (problem: string): never => {
    throw new Error(`note ${key} (${language}): ${problem}`);
  };
  const lines = markdown.split(/\r?\n/);
  const title = /^# (.+)$/.exec(lines[0] ?? '')?.[1]?.trim() ?? fail('the first line must be "# " and a title');
  const { summary, sections } = splitSections(lines.slice(1));
  if (!summary) {
    fail('a summary must follow the title');
  }
  const headings = NOTE_HEADINGS[language];
  let last = -1;
  for (const heading of sections.keys()) {
    const place = headings.indexOf(heading);
    if (place < 0) {
      fail(`"## ${heading}" is not one of the headings: ${headings.join(', ')}`);
    }
    if (place <= last) {
      fail(`"## ${heading}" stands twice or in the wrong order`);
    }
    last = place;
  }
  const [syntax, field, thenNow, example, links] = headings.map((heading) => sections.get(heading));
  for (const [part, text] of [
    ['syntax', syntax],
    ['example', example],
  ] as const) {
    if (text !== undefined && !/^```\w+\n[\s\S]*\n```$/.test(text)) {
      fail(`the ${part} must be one fenced block with a language`);
    }
  }
  const parsedLinks = bullets(links ?? '').map((bullet) => readLink(bullet) ?? fail(`not a link: ${bullet}`));
  if (parsedLinks.length === 0) {
    fail('there must be a link');
  }
  const lessons = bullets(field ?? '');
  if (field !== undefined && lessons.length === 0) {
    fail('the lessons from the field must be a bullet list');
  }
  return {
    key,
    title,
    summary,
    ...(syntax && { syntax }),
    field: lessons,
    ...(thenNow && { thenNow }),
    ...(example && { example }),
    links: parsedLinks,
  };
}

function splitSections(lines: string[]): { summary: string; sections: Map<string, string> } {
  const sections = new Map<string, string>();
  const repeated = new Map<string, number>();
  let heading: string | undefined;
  let body: string[] = [];
  let summary = '';
  let fenced = false;
  const close = (): void => {
    const text = body.join('\n').trim();
    if (heading === undefined) {
      summary = text;
    } else {
      sections.set(heading, text);
    }
    body = [];
  };
  for (const line of lines) {
    fenced = line.startsWith('```') ? !fenced : fenced;
    const found = fenced ? undefined : /^## (.+)$/.exec(line)?.[1]?.trim();
    if (found === undefined) {
      body.push(line);
      continue;
    }
    close();
    // A repeated heading gets a name that is none of the known ones, so that it is reported.
    const count = (repeated.get(found) ?? 0) + 1;
    repeated.set(found, count);
    heading = count > 1 ? `${found} (${count})` : found;
  }
  close();
  return { summary, sections };
}

/** The items of a bullet list; a line that is indented goes on with the item above it. */
function bullets(text: string): string[] {
  const items: string[] = [];
  for (const line of text.split('\n')) {
    const item = /^[-*] (.*)$/.exec(line)?.[1];
    if (item !== undefined) {
      items.push(item.trim());
    } else if (line.trim() !== '' && items.length > 0) {
      items[items.length - 1] += ` ${line.trim()}`;
    }
  }
  return items;
}

function readLink(bullet: string): NoteLink | undefined {
  const match = /^\[(.+)\]\((https:\/\/[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)/.exec(bullet);
  return match?.[1] && match[2] ? { text: match[1], url: match[2] } : undefined;
}
