// The last list of each registry on disk, so that it can be shown before the registry has answered. Never a secret.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cannotWrite } from '../../../local/failure.ts';
import { messageOf } from '../../../model/errors.ts';
import { fields } from '../../../model/untyped.ts';

export interface SavedList {
  names: string[];
  /** When the registry gave them: milliseconds since 1970. */
  at: number;
}

export interface SavedLists {
  /** Undefined when there is none, or what is there cannot be read. */
  read(registry: string): Promise<SavedList | undefined>;
  /** Never rejects: a list that cannot be saved is asked for again. */
  write(registry: string, list: SavedList): Promise<void>;
  forget(registry: string): Promise<void>;
}

/** A longer list than this is not saved. */
const maxBytes = 16 * 1024 * 1024;

/** Works at once; `folder` need not exist. `problem` is told what could not be written, and nothing is thrown. */
export function createSavedLists(folder: string, problem: (line: string) => void): SavedLists {
  // An address may hold characters that a file system does not like, so its hash is the name.
  const fileOf = (registry: string) =>
    join(folder, `${createHash('sha256').update(registry).digest('hex').slice(0, 32)}.json`);
  return {
    async read(registry) {
      try {
        const saved: unknown = JSON.parse(await readFile(fileOf(registry), 'utf8'));
        return isSavedList(saved) && saved.registry === registry ? { names: saved.names, at: saved.at } : undefined;
      } catch {
        return undefined;
      }
    },
    async write(registry, { names, at }) {
      const text = JSON.stringify({ registry, at, names });
      const file = fileOf(registry);
      // Another window may write the same list: each writes a file of its own, and the last one to finish wins.
      const unfinished = `${file}.${randomUUID()}.tmp`;
      try {
        if (text.length > maxBytes) {
          await rm(file, { force: true });
          return;
        }
        await mkdir(folder, { recursive: true });
        await writeFile(unfinished, text, { mode: 0o600 });
        await rename(unfinished, file);
      } catch (error) {
        problem(`The list of ${registry} was not kept: ${messageOf(cannotWrite(file, error))}`);
        await rm(unfinished, { force: true }).catch(() => undefined);
      }
    },
    async forget(registry) {
      await rm(fileOf(registry), { force: true }).catch(() => undefined);
    },
  };
}

function isSavedList(value: unknown): value is SavedList & { registry: string } {
  const { registry, at, names } = fields(value);
  return (
    typeof registry === 'string' &&
    typeof at === 'number' &&
    Array.isArray(names) &&
    names.every((name) => typeof name === 'string')
  );
}
