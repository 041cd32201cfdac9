// The hover: what stands at a position, its note, and what this file makes of it.
import { formatSize } from '../model/format.ts';
import type { HoverContext } from './context.ts';
import { describe } from './describe/describe.ts';
import { type Dockerfile, LONGEST, offsetAt, rangeOf } from './document.ts';
import { pointedAt } from './locate/keyAt.ts';
import type { Hover, Position } from './lsp.ts';
import type { Note } from './note.ts';

export type { HoverContext, ImageFacts, SourceFacts } from './context.ts';

/** The hover at a position; undefined where nothing is known. */
export async function hoverAt(
  document: Dockerfile,
  position: Position,
  context: HoverContext,
): Promise<Hover | undefined> {
  if (document.unread) {
    const value = context.t('This Dockerfile is longer than {0}, too long to be explained.', formatSize(LONGEST));
    return { contents: { kind: 'markdown', value }, range: { start: position, end: position } };
  }
  const target = pointedAt(document, offsetAt(document, position));
  if (!target) {
    return undefined;
  }
  const note = context.notes.get(target.key);
  const facts = await describe(document, target, context);
  if (!note && facts.length === 0) {
    return undefined;
  }
  const value = compose(note, facts, context, target.key);
  return { contents: { kind: 'markdown', value }, range: rangeOf(document, target.span) };
}

/** Title, what this file makes of it, then the note from what matters most to where to read on. */
function compose(note: Note | undefined, facts: readonly string[], { t, readMore }: HoverContext, key: string): string {
  const parts: string[] = [];
  if (note) {
    parts.push(`**${note.title}**`, note.summary);
  }
  if (facts.length > 0) {
    parts.push(facts.map((fact) => `- ${fact}`).join('\n'));
  }
  if (!note) {
    return parts.join('\n\n');
  }
  if (note.syntax) {
    parts.push(note.syntax);
  }
  if (note.field.length > 0) {
    parts.push(`**${t('From the field')}**`, note.field.map((lesson) => `- ${lesson}`).join('\n'));
  }
  if (note.thenNow) {
    parts.push(`**${t('Then and now')}**`, note.thenNow);
  }
  if (note.example) {
    parts.push(`**${t('Example')}**`, note.example);
  }
  const links = note.links.map(({ text, url }) => `[${text}](${url})`);
  if (readMore) {
    links.push(`[${t('Read more')}](${readMore(key)})`);
  }
  parts.push(links.join(' · '));
  return parts.join('\n\n');
}
