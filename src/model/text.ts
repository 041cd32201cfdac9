// Text from engines, registries and images made safe to show: it is data, never markup.
import { hidden } from './hidden.ts';

/** What terminals act upon: control sequences (colours, cursor), operating system commands up to their end, other escapes. */
const terminalEscapes = new RegExp(
  [
    String.raw`(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]`,
    String.raw`(?:\u001b\]|\u009d)[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?`,
    String.raw`\u001b[ -/]*[0-~]?`,
  ].join('|'),
  'g',
);
const controls = /[\p{Cc}\u2028\u2029]+/gu;
const unseen = new RegExp(`[${hidden}]`, 'gu');
/** Text that `plain` gives as it is, as nearly all is; a look for that is a tenth of the work. */
const alreadyPlain = /^[!-~](?:[ -~]*[!-~])?$/;
/** Where VS Code would read a link, `[label](command:…)` (`parseLinkedText` in its source). */
const links = /\](?=\(\s*<?[a-z][a-z0-9+.-]*:)/gi;
/** Where it would read an icon, `$(name)`. */
const icons = /\$(?=\()/g;
/** Of no width, and no place to break a line: screen readers pass over it, and what is copied keeps its letters. */
const joiner = '\u2060';
const markdown = /[\\`*_{}[\]()#+\-.!|~<>&:@$]/g;

/**
 * One line of plain text of at most `max` characters: no terminal escapes, no control characters,
 * no characters that reorder text. What is cut off is marked by an ellipsis.
 */
export function plain(text: string, max = 1000): string {
  if (text.length <= max && alreadyPlain.test(text)) {
    return text;
  }
  // What is far beyond the end cannot be seen, and need not be searched.
  const line = text
    .slice(0, max * 4 + 1000)
    .replace(terminalEscapes, '')
    .replace(controls, ' ')
    .replace(unseen, '')
    .trim();
  const characters = [...line.slice(0, max * 2 + 2)];
  return characters.length > max ? `${characters.slice(0, Math.max(0, max - 1)).join('')}…` : line;
}

/**
 * Text for a place where Markdown is read: it is shown as it is, without formatting, links, HTML or icons.
 * Line ends become spaces, so that it cannot open a heading, a list or a fence either.
 */
export function escapeMarkdown(text: string, max = 1000): string {
  return plain(text, max).replace(markdown, (sign) =>
    // Entities where a backslash would leave HTML, a bare address (www., @, ://) or an icon readable for the renderer.
    '<>&:@$.'.includes(sign) ? `&#${sign.charCodeAt(0)};` : `\\${sign}`,
  );
}

/**
 * Text for every place where VS Code reads links or icons: messages, progress, prompts, entries of lists, the status bar.
 * What would act is shown as it was written, with a joiner that is not seen between the signs that make it act.
 */
export function inert(text: string): string {
  return unlinked(text).replace(icons, (sign) => sign + joiner);
}

/** The same for links alone: for the message of an error, which is read by programs too and in which no icon is drawn. */
export function unlinked(text: string): string {
  return text.replace(links, (sign) => sign + joiner);
}
