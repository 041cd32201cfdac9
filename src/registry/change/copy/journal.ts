// Notes which uploads are open, one small file for each, so that those of a process that was killed can be taken away later.
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cannotWrite } from '../../../local/failure.ts';
import { isAlive } from '../../../local/process.ts';
import { RegistryError } from '../../../model/registries/error.ts';
import type { RegistryClient } from '../../types.ts';
import type { UploadJournal } from './types.ts';

export interface UploadNotes {
  /** The journal of the copies into one registry. */
  journalOf(registry: string): UploadJournal;
  /** Takes the uploads away that a process which is no more has left in this registry. Never rejects. */
  sweep(registry: string, client: RegistryClient): Promise<void>;
}

interface Note {
  registry: string;
  repository: string;
  location: string;
}

/**
 * Works at once; `folder` need not exist. Several windows share it, so each file is named by the process that it belongs to.
 * `opened` rejects when the note cannot be written, since an upload without one could stay for ever.
 */
export function createUploadNotes(folder: string, log: (line: string) => void): UploadNotes {
  const files = new Map<string, string>();
  return {
    journalOf: (registry) => ({
      async opened(repository, location) {
        const file = join(folder, `${process.pid}-${randomUUID()}.json`);
        try {
          await mkdir(folder, { recursive: true, mode: 0o700 });
          // The place of an upload is as good as the right to write to it.
          await writeFile(file, JSON.stringify({ registry, repository, location } satisfies Note), { mode: 0o600 });
        } catch (error) {
          await rm(file, { force: true }).catch(() => undefined);
          throw cannotWrite(file, error);
        }
        files.set(location, file);
      },
      async closed(location) {
        const file = files.get(location);
        files.delete(location);
        if (file !== undefined) {
          await rm(file, { force: true });
        }
      },
    }),
    async sweep(registry, client) {
      const names = await readdir(folder).catch(() => []);
      const left = names.filter((name) => /^\d+-[\w-]+\.json$/.test(name) && !isAlive(Number.parseInt(name, 10)));
      for (const file of left.map((name) => join(folder, name))) {
        const note = await readNote(file);
        if (note !== undefined && note.registry !== registry) {
          continue;
        }
        const outcome = note === undefined ? 'unreadable' : await cancel(client, note);
        log(`an upload to ${registry} that was left open: ${outcome}`);
        if (outcome !== 'not reached') {
          await rm(file, { force: true });
        }
      }
    },
  };
}

async function cancel(client: RegistryClient, note: Note): Promise<'taken away' | 'refused' | 'not reached'> {
  try {
    await client.cancelUpload(note.repository, note.location);
    return 'taken away';
  } catch (error) {
    // A registry that does not know the place any more will not know it the next time either.
    return error instanceof RegistryError && error.status !== undefined ? 'refused' : 'not reached';
  }
}

async function readNote(file: string): Promise<Note | undefined> {
  try {
    const { registry, repository, location }: Partial<Note> = JSON.parse(await readFile(file, 'utf8'));
    return typeof registry === 'string' && typeof repository === 'string' && typeof location === 'string'
      ? { registry, repository, location }
      : undefined;
  } catch {
    return undefined;
  }
}
