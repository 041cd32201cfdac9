// Reads the notes of a language when the first one is asked for; a note that is malformed costs one line in the log.
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { type Note, parseNote } from '../dockerfile/note.ts';
import { messageOf } from '../model/errors.ts';
import { notesIn } from '../model/notes/bundle.ts';
import type { NotesLanguage } from '../model/notes/messages.ts';

export interface Notes {
  get(key: string): Note | undefined;
}

/**
 * The notes of one language, from the compressed file of all languages (src/model/notes/bundle.ts).
 * A key without a note in it is answered in English, so that nothing stays unexplained.
 */
export function readNotes(file: string, language: NotesLanguage, warn: (message: string) => void): Notes {
  const languages = new Map<NotesLanguage, Record<string, string>>();
  const known = new Map<string, Note | undefined>();

  function textsIn(from: NotesLanguage): Record<string, string> {
    const texts = languages.get(from) ?? readFile(file, from, warn);
    languages.set(from, texts);
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

function readFile(file: string, language: NotesLanguage, warn: (message: string) => void): Record<string, string> {
  try {
    return notesIn(brotliDecompressSync(readFileSync(file)), language);
  } catch (error) {
    warn(`The notes cannot be read: ${messageOf(error)}`);
    return {};
  }
}
