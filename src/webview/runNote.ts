// A field note as elements: its text is never read as markup.
import { noteBlocks, type Span } from '../model/runFormNote.ts';
import { type Child, el } from './host.ts';

/** The note's content; the first heading is its title. */
export function noteElements(markdown: string): Node[] {
  return noteBlocks(markdown).map((block, index) => {
    switch (block.kind) {
      case 'heading':
        return el(index === 0 ? 'h2' : 'h3', {}, ...spanElements(block.spans));
      case 'paragraph':
        return el('p', {}, ...spanElements(block.spans));
      case 'list':
        return el('ul', {}, ...block.items.map((item) => el('li', {}, ...spanElements(item))));
      case 'code':
        return el('pre', { tabindex: '0' }, el('code', {}, block.text));
    }
  });
}

function spanElements(spans: readonly Span[]): Child[] {
  return spans.map((span) => {
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
  });
}
