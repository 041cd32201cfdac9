// A field note as elements: its text is never read as markup.
import { type Block, readBlocks, readSpans, type Span } from '../../model/notes/blocks.ts';
import { type Child, el } from '../host.ts';

/** The note's content; the first heading is its title. */
export function noteElements(markdown: string): Node[] {
  return readBlocks(markdown).map((block, index) => blockElement(block, index === 0 ? 'h2' : 'h3'));
}

function blockElement(block: Block, heading: 'h2' | 'h3'): Node {
  switch (block.kind) {
    case 'heading':
      return el(heading, {}, spanElements(block.text));
    case 'paragraph':
      return el('p', {}, spanElements(block.text));
    case 'list':
      return el('ul', {}, ...block.items.map((item) => el('li', {}, spanElements(item))));
    case 'code':
      return el('pre', { tabindex: '0' }, el('code', {}, block.text));
  }
}

function spanElements(text: string): Child[] {
  return readSpans(text).map(spanElement);
}

function spanElement(span: Span): Child {
  switch (span.kind) {
    case 'text':
      return span.text;
    case 'code':
      return el('code', {}, span.text);
    case 'strong':
      return el('strong', {}, span.text);
    case 'link':
      return el('a', { href: span.url, title: span.url }, span.text);
  }
}
