// Text from engines, registries and images made safe to show: it is data, never markup.

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
/** Characters that change the direction of text or are not seen: names that hold them can pose as other names. */
const hidden = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
/** Text that `plain` gives as it is, as nearly all is; a look for that is a tenth of the work. */
const alreadyPlain = /^[!-~](?:[ -~]*[!-~])?$/;
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
    .replace(hidden, '')
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
