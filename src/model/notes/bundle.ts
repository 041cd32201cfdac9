// The file that holds the notes of all languages, as it is before its compression: one line for each language.
import type { NotesLanguage } from './messages.ts';

const lineFeed = 0x0a;

/**
 * The notes of one language: keys and Markdown. `file` has lines of a language, a space, and a JSON object of these, in
 * UTF-8. Only the line that is wanted becomes text: with Chinese in it, all of it would take two bytes a character.
 */
export function notesIn(file: Uint8Array, language: NotesLanguage): Record<string, string> {
  const start = `${language} `;
  const decoder = new TextDecoder();
  for (let from = 0; from < file.length; ) {
    const end = file.indexOf(lineFeed, from);
    const line = file.subarray(from, end < 0 ? file.length : end);
    if (decoder.decode(line.subarray(0, start.length)) === start) {
      return JSON.parse(decoder.decode(line.subarray(start.length))) as Record<string, string>;
    }
    from += line.length + 1;
  }
  return {};
}
