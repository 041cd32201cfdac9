// The text of a hover: first what is known of this very thing, below it the lesson, last what leads further.

import { hasSources, withoutSources } from '../../model/notes/citations.ts';
import type { HoverContext } from '../context.ts';
import type { Note } from '../note.ts';
import { link } from './markdown.ts';

/** `facts` are sentences in Markdown, what matters most first: an editor shows about 250 pixels of a hover. */
export function compose(
  note: Note | undefined,
  facts: readonly string[],
  { t, readMore }: Pick<HoverContext, 't' | 'readMore'>,
): string {
  const [first, ...others] = facts;
  const parts: string[] = [];
  if (first !== undefined) {
    parts.push(first);
  }
  if (others.length > 0) {
    parts.push(others.map((fact) => `- ${fact}`).join('\n'));
  }
  if (!note) {
    return parts.join('\n\n');
  }
  if (first !== undefined) {
    parts.push('---');
  }
  parts.push(`**${note.title}**`, note.summary);
  if (note.field.length > 0) {
    parts.push(`**${t('From the field')}**`, note.field.map((lesson) => `- ${withoutSources(lesson)}`).join('\n'));
  }
  if (note.thenNow) {
    parts.push(`**${t('Then and now')}**`, withoutSources(note.thenNow));
  }
  if (note.syntax) {
    parts.push(note.syntax);
  }
  if (note.example) {
    parts.push(`**${t('Example')}**`, note.example);
  }
  const links = note.links.map(({ text, url }) => link(text, url));
  if (readMore) {
    links.push(link(note.field.some(hasSources) ? t('The note and its sources') : t('Read more'), readMore(note.key)));
  }
  parts.push(links.join(' · '));
  return parts.join('\n\n');
}
