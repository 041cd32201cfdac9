// Reads the notes of a language when the first one is asked for; a note that is malformed costs one line in the log.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { type Note, parseNote } from '../dockerfile/note.ts';
import { messageOf } from '../model/errors.ts';
import type { NotesLanguage } from '../model/messages.ts';

export interface Notes {
  get(key: string): Note | undefined;
}

/**
 * The notes of one language, from `<folder>/<language>.json.br`, which maps keys to Markdown.
 * A key without a note in it is answered in English, so that nothing stays unexplained.
 */
export function readNotes(folder: string, language: NotesLanguage, warn: (message: string) => void): Notes {
  const files = new Map<NotesLanguage, Record<string, string>>();
  const known = new Map<string, Note | undefined>();

  function textsIn(from: NotesLanguage): Record<string, string> {
    const texts = files.get(from) ?? readFile(join(folder, `${from}.json.br`), warn);
    files.set(from, texts);
    return texts;
  }

  function read(key: string, from: NotesLanguage): Note | undefined {
    const text = textsIn(from)[key];
    try {
      return text === undefined ? undefined : parseNote(key, text, from);
    } catch (error) {
      warn(messageOf(error));
      return undefined;
    }
  }

  return {
    get(key) {
      if (!known.has(key)) {
        known.set(key, read(key, language) ?? (language === 'en' ? undefined : read(key, 'en')));
      }
      return known.get(key);
    },
  };
}

function readFile(file: string, warn: (message: string) => void): Record<string, string> {
  try {
    return JSON.parse(brotliDecompressSync(readFileSync(file)).toString()) as Record<string, string>;
  } catch (error) {
    warn(`The notes cannot be read: ${messageOf(error)}`);
    return {};
  }
}
