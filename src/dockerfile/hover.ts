// The hover: what stands at a position, its note, and what this file makes of it.
import { formatSize } from '../model/format.ts';
import type { HoverContext } from './context.ts';
import { compose } from './describe/compose.ts';
import { describe } from './describe/describe.ts';
import { type Dockerfile, MAX_LENGTH, offsetAt, rangeOf } from './document.ts';
import { pointedAt } from './locate/keyAt.ts';
import type { Hover, Position } from './lsp.ts';

export type { HoverContext, ImageFacts, ImageNews, SourceFacts } from './context.ts';

/** The hover at a position; undefined where nothing is known. */
export async function hoverAt(
  document: Dockerfile,
  position: Position,
  context: HoverContext,
): Promise<Hover | undefined> {
  if (document.unread) {
    const value = context.t('This Dockerfile is longer than {0}, too long to be explained.', formatSize(MAX_LENGTH));
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
  const value = compose(note, facts, context);
  return { contents: { kind: 'markdown', value }, range: rangeOf(document, target.span) };
}
