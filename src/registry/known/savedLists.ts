// The last list of each registry on disk, so that it can be shown before the registry has answered. Never a secret.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cannotWrite } from '../../local/failure.ts';
import { messageOf } from '../../model/errors.ts';

export interface KeptList {
  names: string[];
  /** When the registry gave them: milliseconds since 1970. */
  at: number;
}

export interface KeptLists {
  /** Undefined when there is none, or what is there cannot be read. */
  read(registry: string): Promise<KeptList | undefined>;
  /** Never rejects: a list that cannot be kept is asked for again. */
  write(registry: string, list: KeptList): Promise<void>;
  forget(registry: string): Promise<void>;
}

/** A longer list than this is not kept. */
const mostBytes = 16 * 1024 * 1024;

/** `folder` need not exist. `problem` is told what could not be written. */
export function createKeptLists(folder: string, problem: (line: string) => void): KeptLists {
  // An address may hold characters that a file system does not like, so its hash is the name.
  const fileOf = (registry: string) =>
    join(folder, `${createHash('sha256').update(registry).digest('hex').slice(0, 32)}.json`);
  return {
    async read(registry) {
      try {
        const kept: unknown = JSON.parse(await readFile(fileOf(registry), 'utf8'));
        return isKept(kept) && kept.registry === registry ? { names: kept.names, at: kept.at } : undefined;
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
        if (text.length > mostBytes) {
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

function isKept(value: unknown): value is KeptList & { registry: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'registry' in value &&
    'at' in value &&
    typeof value.at === 'number' &&
    'names' in value &&
    Array.isArray(value.names) &&
    value.names.every((name) => typeof name === 'string')
  );
}
