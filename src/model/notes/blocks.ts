// What the field notes use of Markdown: a note taken apart into blocks, and the text of a block into spans.

/** `raw` is the block as it was written, without blank lines around it. Texts may hold what `readSpans` reads. */
export type Block = { readonly raw: string } & (
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** Between fences; the text is never read any further. */
  | { readonly kind: 'code'; readonly text: string }
);

export type Span = { kind: 'text' | 'code' | 'strong'; text: string } | { kind: 'link'; text: string; url: string };

/** The blocks from top to bottom. Every text is some note; a fence that is not closed goes to the end. */
export function readBlocks(markdown: string): Block[] {
  const lines = markdown.split(/\r?\n/);
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; ) {
    const kind = kindOf(lines[at]);
    if (kind === 'blank') {
      at += 1;
      continue;
    }
    const end = endOf(kind, lines, at);
    blocks.push(blockOf(kind, lines.slice(at, end)));
    at = end;
  }
  return blocks;
}

type LineKind = 'blank' | 'fence' | 'heading' | 'item' | 'plain';

function kindOf(line = ''): LineKind {
  const content = line.trimStart();
  if (content === '') {
    return 'blank';
  }
  if (content.startsWith('```')) {
    return 'fence';
  }
  return /^#{1,6}[ \t]/.test(line) ? 'heading' : /^[-*][ \t]/.test(content) ? 'item' : 'plain';
}

/** One more than the last line of the block that begins there. */
function endOf(kind: LineKind, lines: readonly string[], start: number): number {
  let end = start + 1;
  if (kind === 'fence') {
    while (end < lines.length && kindOf(lines[end]) !== 'fence') {
      end += 1;
    }
    return Math.min(lines.length, end + 1);
  }
  // A line that is no item goes on with the item above it, as in any Markdown.
  const goesOn: readonly LineKind[] = kind === 'item' ? ['item', 'plain'] : kind === 'plain' ? ['plain'] : [];
  while (end < lines.length && goesOn.includes(kindOf(lines[end]))) {
    end += 1;
  }
  return end;
}

function blockOf(kind: LineKind, lines: readonly string[]): Block {
  const raw = lines.join('\n').trimEnd();
  switch (kind) {
    case 'fence': {
      const isClosed = lines.length > 1 && kindOf(lines.at(-1)) === 'fence';
      return { kind: 'code', raw, text: lines.slice(1, isClosed ? -1 : undefined).join('\n') };
    }
    case 'heading': {
      const level = raw.search(/[^#]/);
      return { kind: 'heading', raw, level, text: raw.slice(level).trim() };
    }
    case 'item':
      return { kind: 'list', raw, items: itemsOf(lines) };
    default:
      return { kind: 'paragraph', raw, text: lines.map((line) => line.trim()).join(' ') };
  }
}

function itemsOf(lines: readonly string[]): string[] {
  const items: string[][] = [];
  for (const line of lines) {
    const content = line.trim();
    if (kindOf(line) === 'item') {
      items.push([content.slice(1).trim()]);
    } else {
      items.at(-1)?.push(content);
    }
  }
  return items.map((item) => item.join(' '));
}

/** Code, strong words and links to `https:`; all else is text as it stands. */
export function readSpans(text: string): Span[] {
  const spans: Span[] = [];
  let rest = text;
  while (rest !== '') {
    const [whole = '', before = '', code, strong, label, url] =
      /^(.*?)(?:`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\((https:\/\/[^)\s]+)\))/s.exec(rest) ?? [];
    if (whole === '') {
      spans.push({ kind: 'text', text: rest });
      break;
    }
    if (before !== '') {
      spans.push({ kind: 'text', text: before });
    }
    if (code !== undefined) {
      spans.push({ kind: 'code', text: code });
    } else if (strong !== undefined) {
      spans.push({ kind: 'strong', text: strong });
    } else if (label !== undefined && url !== undefined) {
      spans.push({ kind: 'link', text: label, url });
    }
    rest = rest.slice(whole.length);
  }
  return spans;
}
