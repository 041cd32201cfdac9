// A note: what is told about one thing, read from its Markdown file.
import { type Block, readBlocks } from '../model/notes/blocks.ts';

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
const NOTE_HEADINGS: Readonly<Record<NoteLanguage, readonly string[]>> = {
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
  const [head, ...blocks] = readBlocks(markdown);
  const title =
    head?.kind === 'heading' && head.level === 1 && markdown.startsWith('# ')
      ? head.text
      : fail('the first line must be "# " and a title');
  const headings = NOTE_HEADINGS[language];
  const summary: Block[] = [];
  const sections = new Map<string, Block[]>();
  let current = summary;
  let last = -1;
  for (const block of blocks) {
    if (block.kind !== 'heading' || block.level !== 2) {
      current.push(block);
      continue;
    }
    const place = headings.indexOf(block.text);
    if (place < 0) {
      fail(`"## ${block.text}" is not one of the headings: ${headings.join(', ')}`);
    }
    if (place <= last) {
      fail(`"## ${block.text}" stands twice or in the wrong order`);
    }
    last = place;
    current = [];
    sections.set(block.text, current);
  }
  if (summary.length === 0) {
    fail('a summary must follow the title');
  }
  const [syntax, field, thenNow, example, links] = headings.map((heading) => sections.get(heading));
  for (const [part, content] of [
    ['syntax', syntax],
    ['example', example],
  ] as const) {
    if (content && (content.length !== 1 || !/^```\w+\n[\s\S]*\n```$/.test(markdownOf(content)))) {
      fail(`the ${part} must be one fenced block with a language`);
    }
  }
  const parsedLinks = items(links ?? []).map((item) => readLink(item) ?? fail(`not a link: ${item}`));
  if (parsedLinks.length === 0) {
    fail('there must be a link');
  }
  const lessons = items(field ?? []);
  if (field && lessons.length === 0) {
    fail('the lessons from the field must be a bullet list');
  }
  return {
    key,
    title,
    summary: markdownOf(summary),
    ...(syntax && { syntax: markdownOf(syntax) }),
    field: lessons,
    ...(thenNow?.length && { thenNow: markdownOf(thenNow) }),
    ...(example && { example: markdownOf(example) }),
    links: parsedLinks,
  };
}

function markdownOf(blocks: readonly Block[]): string {
  return blocks.map(({ raw }) => raw).join('\n\n');
}

/** The items of a list, and none where there is anything else. */
function items(blocks: readonly Block[]): string[] {
  return blocks.every(({ kind }) => kind === 'list')
    ? blocks.flatMap((block) => (block.kind === 'list' ? block.items : []))
    : [];
}

function readLink(bullet: string): NoteLink | undefined {
  const match = /^\[(.+)\]\((https:\/\/[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)/.exec(bullet);
  return match?.[1] && match[2] ? { text: match[1], url: match[2] } : undefined;
}
