// Reads notes from disk when they are first asked for; a note that cannot be read costs one line in the log.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Note, parseNote } from '../dockerfile/note.ts';
import { messageOf } from '../model/errors.ts';
import type { NotesLanguage } from '../model/messages.ts';

export interface Notes {
  get(key: string): Note | undefined;
}

/** The notes of one language. A key without a note in it is answered in English, so that nothing stays unexplained. */
export function readNotes(folder: string, language: NotesLanguage, warn: (message: string) => void): Notes {
  const known = new Map<string, Note | undefined>();
  const read = (key: string, from: NotesLanguage): Note | undefined => {
    try {
      return parseNote(key, readFileSync(join(folder, from, `${key}.md`), 'utf8'), from);
    } catch (error) {
      warn(`Note ${from}/${key}: ${messageOf(error)}`);
      return undefined;
    }
  };
  return {
    get(key) {
      if (!known.has(key)) {
        known.set(key, read(key, language) ?? (language === 'en' ? undefined : read(key, 'en')));
      }
      return known.get(key);
    },
  };
}
