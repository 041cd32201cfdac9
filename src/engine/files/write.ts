// Writes files and creates folders, in the way that the container's state allows.
import { Cancelled, UserError } from '../../model/errors.ts';
import { baseName, isWithin, parentPath } from '../../model/files/entry.ts';
import { t } from '../../model/l10n.ts';
import type { Transport } from '../connection/transport.ts';
import { putArchive } from './archive.ts';
import { exists, notFound, shown } from './failures.ts';
import { checkFile, type Located, locate } from './locate.ts';
import { rightsOf } from './owner.ts';
import { lookAt, type Place } from './place.ts';
import { execSave } from './save.ts';
import { execCreateFolder, execWrite } from './shellCommands.ts';
import { allowedShell, commandShell } from './throughShell.ts';
import type { Files } from './types.ts';

export type WriteOptions = Parameters<Files['write']>[3];

/** Replaces or creates a file; see `Files.write`. `path` is the path as the person knows it. */
export async function writeFile(
  transport: Transport,
  place: Place,
  path: string,
  content: Uint8Array,
  options: WriteOptions,
): Promise<{ change: 'changed' | 'created'; inPlace: boolean }> {
  const { create, overwrite, signal } = options;
  if (signal?.aborted) {
    throw new Cancelled();
  }
  const located = await locate(transport, place, signal);
  const { entry } = located;
  if (!entry && !create) {
    throw notFound(path);
  }
  if (entry && !overwrite) {
    throw exists(path);
  }
  if (entry) {
    checkFile(entry, path);
  }
  const inPlace = await save(transport, place, located, content, options);
  return { change: entry ? 'changed' : 'created', inPlace };
}

/** With 0755 and the owner of the folder that it is in; see `Files.createFolder`. `path` is the path as the person knows it. */
export async function createFolder(transport: Transport, place: Place, path: string): Promise<void> {
  if (place.inMemory(place.path)) {
    await execCreateFolder(await commandShell(place), place.path);
    return;
  }
  if (await lookAt(transport, place.container, place.path)) {
    throw exists(path);
  }
  const parent = parentPath(place.path);
  const { uid, gid } = await rightsOf(transport, place, parent, 'folder');
  await putArchive(transport, place.container, parent, [
    { name: baseName(place.path), kind: 'folder', mode: 0o755, uid, gid, modified: Date.now() },
  ]);
}

/** Resolves with whether the file was written as it is, because it could not be replaced. */
async function save(
  transport: Transport,
  place: Place,
  { entry, path, shell: only }: Located,
  content: Uint8Array,
  { signal, askUnsafe }: WriteOptions,
): Promise<boolean> {
  const shell = only ?? (await allowedShell(place));
  if (shell && isOfKernel(path)) {
    await execWrite(shell, path, content);
    return false;
  }
  const saved = shell && (await execSave(shell, path, content, signal));
  if (saved === 'replaced' || saved === 'in-place') {
    return saved === 'in-place';
  }
  if (entry) {
    await askUnsafe?.(shell || place.running ? 'no-shell' : place.owner.type === 'volume' ? 'no-helper' : 'stopped');
  }
  if (shell && (saved === 'only-in-place' || only)) {
    await execWrite(shell, path, content);
    return true;
  }
  await putFile(transport, place, path, content, !entry);
  return false;
}

/** Over the archive API, by which the engine removes the old version first. */
async function putFile(
  transport: Transport,
  place: Place,
  path: string,
  content: Uint8Array,
  isNew: boolean,
): Promise<void> {
  const { uid, gid, mode } = await (isNew
    ? rightsOf(transport, place, parentPath(path), 'folder')
    : rightsOf(transport, place, path, 'file'));
  const file = {
    name: baseName(path),
    kind: 'file' as const,
    mode: isNew ? 0o644 : mode,
    uid,
    gid,
    modified: Date.now(),
    size: content.length,
    content: [content],
  };
  try {
    await putArchive(transport, place.container, parentPath(path), [file]);
  } catch (error) {
    // A file that is mounted by itself, as /etc/hosts, can be written into but not replaced.
    const busy = error instanceof Error && /resource busy/i.test(error.message);
    const shell = busy ? await place.shell() : undefined;
    if (!shell) {
      throw busy ? mountedFile(path) : error;
    }
    await execWrite(shell, path, content);
  }
}

/** Such files are switches: what is written to them is not kept, and nothing can be put beside them. */
function isOfKernel(path: string): boolean {
  return isWithin(path, '/proc') || isWithin(path, '/sys');
}

function mountedFile(path: string): UserError {
  return new UserError(
    'mounted-file',
    t('{0} is mounted into the container and can be changed only while a container with a shell runs.', shown(path)),
  );
}
