// The file at the end of a path, and the shell that reaches it where the archive API does not.
import type { FileEntry } from '../../model/files/entry.ts';
import type { Transport } from '../connection/transport.ts';
import type { Shell } from '../exec/script.ts';
import { inMemory, isFolder, notFile, notFound } from './failures.ts';
import { follow, type Place } from './place.ts';
import { execResolve } from './save.ts';
import { execStat } from './shellCommands.ts';

export interface Located {
  /** Undefined when there is no file. */
  entry: FileEntry | undefined;
  /** Absolute path in the place's container, links followed. */
  path: string;
  /** The way to a file that the archive API does not see. */
  shell?: Shell;
}

/** What is at the end of a path, links followed. Rejects with `in-memory` where neither the archive API nor a shell reaches it. */
export async function locate(transport: Transport, place: Place, signal?: AbortSignal): Promise<Located> {
  const found = place.inMemory(place.path) ? undefined : await follow(transport, place, signal);
  if (found && !place.inMemory(found.path)) {
    return found;
  }
  const shell = await place.shell();
  if (!shell) {
    throw inMemory(found?.path ?? place.path);
  }
  const path = await execResolve(shell, found?.path ?? place.path, signal);
  return { entry: await execStat(shell, path, signal), path, shell };
}

/** Throws the sentence for what is no file, or does not lead to one. */
export function checkFile(entry: FileEntry | undefined, path: string): asserts entry is FileEntry {
  const kind = entry?.kind === 'link' ? entry.leadsTo : entry?.kind;
  switch (kind) {
    case 'file':
      return;
    case 'folder':
      throw isFolder(path);
    case 'other':
      throw notFile(path);
    default:
      throw notFound(path);
  }
}
