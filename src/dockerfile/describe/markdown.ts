// Pieces of Markdown made of text that is data: it is shown as it is and never read as markup.
import type { Translate } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';

/** An inline code span of any text. */
export function code(text: string, max = 200): string {
  const shown = plain(text, max);
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = shown === '' || shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** Code spans with commas between; what is beyond `max` is cut off with an ellipsis. */
export function codes(texts: readonly string[], max = 12): string {
  const shown = texts.slice(0, max).map((text) => code(text));
  return shown.join(', ') + (texts.length > max ? ', …' : '');
}

/** A link with a text of our own; `target` is an address or a command of ours, already encoded. */
export function link(text: string, target: string): string {
  return `[${text}](${target})`;
}

/** Pieces of one list, with the comma of the language between them. */
export function listed(pieces: readonly string[], t: Translate): string {
  return pieces.length > 0 ? pieces.reduce((before, piece) => t('{0}, {1}', before, piece)) : '';
}

/** Pieces that each say something by themselves, on one line. */
export function inOneLine(pieces: readonly string[]): string[] {
  return pieces.length > 0 ? [pieces.join(' · ')] : [];
}
