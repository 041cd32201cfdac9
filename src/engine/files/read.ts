// Looks at files and folders, and reads files, in the way that the container's state allows.
import { UserError } from '../../model/errors.ts';
import { baseName, type FileEntry, type FileListing } from '../../model/files/entry.ts';
import { t } from '../../model/l10n.ts';
import type { Transport } from '../connection/transport.ts';
import { openArchive, readContent, statPath } from './archive.ts';
import { inMemory, notFound, shown } from './failures.ts';
import type { Lister } from './lister.ts';
import { checkFile, locate } from './locate.ts';
import type { Place } from './place.ts';
import { execList, execRead, execStat } from './shellCommands.ts';
import { readTar } from './tar/reader.ts';
import { allowedShell } from './throughShell.ts';

/** The file itself, a link not followed; see `Files.stat`. `path` is the path as the person knows it. */
export async function statFile(
  transport: Transport,
  lister: Lister,
  place: Place,
  path: string,
  signal?: AbortSignal,
): Promise<FileEntry> {
  const shell = place.inMemory(place.path) ? await place.shell() : undefined;
  if (shell) {
    const entry = await execStat(shell, place.path, signal);
    if (entry) {
      return entry;
    }
    throw notFound(path);
  }
  const entry = await statPath(transport, place.container, place.path, signal);
  if (entry.target === undefined) {
    return { ...entry, name: baseName(place.toOwner(place.path) ?? '/') };
  }
  const leadsTo = await lister.linkEnd(place, place.path, signal);
  return { ...entry, target: place.toOwner(entry.target) ?? entry.target, ...(leadsTo && { leadsTo }) };
}

/** A folder's children, folders first, then by name; see `Files.list`. `path` is the path as the person knows it. */
export async function listFolder(
  lister: Lister,
  place: Place,
  path: string,
  signal?: AbortSignal,
): Promise<FileListing> {
  const shell = place.running ? await place.shell() : undefined;
  if (place.running && !shell && place.inMemory(place.path)) {
    throw inMemory(path);
  }
  const listed = shell && (await execList(shell, place.path, { signal }));
  if (listed) {
    return sorted(listed);
  }
  const listing = await lister.list(place, signal);
  if (!listing.complete && place.owner.type === 'volume') {
    // Too large for its tar stream; a helper container with a shell can look without reading everything.
    const helperContainer = await allowedShell(place);
    const whole = helperContainer && (await execList(helperContainer, place.path, { signal }));
    return sorted(whole ?? listing);
  }
  return sorted(listing);
}

/** The whole content, links followed; see `Files.read`. `path` is the path as the person knows it. */
export async function readFile(
  transport: Transport,
  place: Place,
  path: string,
  { limit, signal }: { limit: number; signal?: AbortSignal },
): Promise<Uint8Array> {
  const { entry, path: real, shell } = await locate(transport, place, signal);
  // Reading a pipe or a terminal would wait for ever.
  checkFile(entry, path);
  if (shell) {
    // The files of the kernel say that they have no bytes.
    const content = await execRead(shell, real, limit + 1, signal);
    if (content.length > limit) {
      throw tooLarge(path);
    }
    return content;
  }
  if (entry.size > limit) {
    throw tooLarge(path);
  }
  for await (const found of readTar(await openArchive(transport, place.container, real, signal))) {
    const content = await readContent(found, limit);
    if (!content) {
      throw tooLarge(path);
    }
    return content;
  }
  throw notFound(path);
}

/** Folders first, then by name, as file explorers show them. */
function sorted({ entries, complete }: FileListing): FileListing {
  const rank = ({ kind, leadsTo }: FileEntry) => (kind === 'folder' || leadsTo === 'folder' ? 0 : 1);
  return { entries: [...entries].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name)), complete };
}

function tooLarge(path: string): UserError {
  return new UserError('file-too-large', t('{0} is too large to open. Download it instead.', shown(path)));
}
