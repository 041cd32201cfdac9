// Removes and renames, which the archive API cannot do: a shell in the container does it.
import { UserError } from '../../model/errors.ts';
import { isWithin } from '../../model/files/entry.ts';
import { t } from '../../model/l10n.ts';
import { exists } from './failures.ts';
import type { Place } from './place.ts';
import { execRemove, execRename } from './shellCommands.ts';
import { commandShell } from './throughShell.ts';

/** See `Files.remove`. */
export async function removeFile(place: Place, recursive: boolean): Promise<void> {
  if (isRoot(place)) {
    throw wholeOwner();
  }
  await execRemove(await commandShell(place), place.path, recursive);
}

/** See `Files.rename`. `to` is the new path as the person knows it, `end` its place in the same container. */
export async function renameFile(place: Place, end: Place, to: string, overwrite: boolean): Promise<void> {
  if (isRoot(place) || isRoot(end) || isWithin(end.path, place.path)) {
    throw place.path === end.path ? exists(to) : wholeOwner();
  }
  await execRename(await commandShell(place), place.path, end.path, overwrite);
}

function isRoot({ path, toOwner }: Place): boolean {
  return toOwner(path) === '/';
}

function wholeOwner(): UserError {
  return new UserError(
    'not-possible',
    t('A folder cannot be moved into itself, and the root cannot be moved or deleted.'),
  );
}
