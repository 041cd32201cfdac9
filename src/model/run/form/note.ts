// A field note taken apart into plain blocks, so that a page can show it without reading Markdown as markup.

export type Span = { kind: 'text' | 'code' | 'strong'; text: string } | { kind: 'link'; text: string; url: string };

export type Block =
  | { kind: 'heading' | 'paragraph'; spans: Span[] }
  | { kind: 'list'; items: Span[][] }
  | { kind: 'code'; text: string };

/** The parts of Markdown that the notes use: headings, paragraphs, lists, fences, code, strong words, links. */
export function noteBlocks(markdown: string): Block[] {
  const blocks: Block[] = [];
  let fence: string[] | undefined;
  let paragraph: string[] = [];
  const endParagraph = () => {
    if (paragraph.length > 0) {
      blocks.push({ kind: 'paragraph', spans: spansOf(paragraph.join(' ')) });
      paragraph = [];
    }
  };
  for (const line of markdown.split(/\r?\n/)) {
    if (/^\s*```/.test(line)) {
      endParagraph();
      if (fence) {
        blocks.push({ kind: 'code', text: fence.join('\n') });
      }
      fence = fence ? undefined : [];
      continue;
    }
    if (fence) {
      fence.push(line);
      continue;
    }
    const [, heading] = /^#{1,6}\s+(.*)$/.exec(line) ?? [];
    const [, item] = /^\s*[-*]\s+(.*)$/.exec(line) ?? [];
    if (heading === undefined && item === undefined && line.trim() !== '') {
      paragraph.push(line.trim());
      continue;
    }
    endParagraph();
    if (heading !== undefined) {
      blocks.push({ kind: 'heading', spans: spansOf(heading) });
    } else if (item !== undefined) {
      const last = blocks.at(-1);
      if (last?.kind === 'list') {
        last.items.push(spansOf(item));
      } else {
        blocks.push({ kind: 'list', items: [spansOf(item)] });
      }
    }
  }
  endParagraph();
  return blocks;
}

function spansOf(text: string): Span[] {
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
