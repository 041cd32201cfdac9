// What is done with files by commands in a running container, since the archive API cannot do it.
import { Readable } from 'node:stream';
import { UserError } from '../../model/errors.ts';
import { baseName, type FileEntry, parentPath } from '../../model/files/entry.ts';
import { t } from '../../model/l10n.ts';
import { runScript, type Shell, startScript } from '../exec/script.ts';
import { commandFailure, exists, isFolder, notFolder, notFound, shown } from './failures.ts';
import { listingExit, listingScript, parseListing } from './listing.ts';

/** Bytes of a listing, some 300,000 files. */
const maxListing = 32 * 1024 * 1024;
/** Seconds for a listing or a file: a network file system, or a file of the kernel, may keep us waiting for ever. */
const maxSeconds = 30;

/** A folder's children, or one of them; undefined when the container lacks the program that is needed. */
export async function execList(
  shell: Shell,
  folder: string,
  options: { name?: string; signal?: AbortSignal | undefined } = {},
): Promise<{ entries: FileEntry[]; complete: boolean } | undefined> {
  const { exitCode, stdout, cut } = await runScript(shell, listingScript, [folder, options.name ?? ''], {
    maxOutput: maxListing,
    seconds: maxSeconds,
    signal: options.signal,
  });
  switch (exitCode) {
    case 0:
      return { entries: parseListing(stdout), complete: !cut };
    case listingExit.notThere:
      throw notFound(folder);
    case listingExit.notFolder:
      throw notFolder(folder);
    default:
      return cut ? { entries: parseListing(stdout), complete: false } : undefined;
  }
}

/** One file, a link not followed; undefined when it is not there. */
export async function execStat(shell: Shell, file: string, signal?: AbortSignal): Promise<FileEntry | undefined> {
  const name = baseName(file);
  const listing = await execList(shell, parentPath(file), { name, signal });
  return listing?.entries.find((entry) => entry.name === name);
}

/** A file's first `limit` bytes; for the files of /proc and of tmpfs, which the archive API does not see. */
export async function execRead(shell: Shell, file: string, limit: number, signal?: AbortSignal): Promise<Buffer> {
  const { exitCode, stdout, stderr, cut } = await runScript(shell, 'exec cat <"$1"', [file], {
    maxOutput: limit,
    seconds: maxSeconds,
    signal,
  });
  if (exitCode !== 0 && !cut) {
    throw commandFailure(file, stderr);
  }
  return stdout;
}

/** Writes into the file as it is, so that its inode, owner and mode stay; for files that are mounted one by one. */
export async function execWrite(shell: Shell, file: string, content: Uint8Array): Promise<void> {
  // By length: not every connection can tell the end of the input.
  const script = 'umask 022; exec head -c "$2" >"$1"';
  const { exitCode, stderr } = await runScript(shell, script, [file, String(content.length)], { input: content });
  if (exitCode !== 0) {
    throw commandFailure(file, stderr);
  }
}

/** A folder's files as a tar stream, made by the program tar; for Podman, whose own archives do not say whose files are. */
export async function execPack(shell: Shell, folder: string): Promise<Readable> {
  const session = await startScript(shell, 'exec tar -C "$1" -cf - .', [folder]);
  const archive = new Readable({
    highWaterMark: 1024 * 1024,
    read: () => session.resume(),
    destroy(error, done) {
      session.dispose();
      done(error);
    },
  });
  let words = '';
  session.onOutput((data, stream) => {
    if (stream === 'stderr') {
      words = (words + Buffer.from(data).toString('utf8')).slice(0, 4096);
    } else if (!archive.push(data)) {
      session.pause();
    }
  });
  void session.ended.then((exitCode) => {
    if (exitCode === 0) {
      archive.push(null);
    } else {
      archive.destroy(
        exitCode === undefined
          ? Object.assign(new Error('The connection was lost.'), { code: 'ECONNRESET' })
          : commandFailure(folder, words),
      );
    }
  });
  return archive;
}

/** The folder that it is in must be there. Rejects with `file-exists`, `file-not-found` and the like. */
export async function execCreateFolder(shell: Shell, folder: string): Promise<void> {
  const { exitCode, stderr } = await runScript(shell, 'exec mkdir -- "$1"', [folder]);
  if (exitCode !== 0) {
    throw commandFailure(folder, stderr);
  }
}

/** A folder that is not empty only with `recursive`; otherwise rejects with `folder-not-empty`. */
export async function execRemove(shell: Shell, file: string, recursive: boolean): Promise<void> {
  const script = `
[ -e "$1" ] || [ -h "$1" ] || exit 42
if [ "$2" = all ]; then exec rm -rf -- "$1"; fi
if [ -d "$1" ] && [ ! -h "$1" ]; then exec rmdir -- "$1"; fi
exec rm -f -- "$1"`;
  const { exitCode, stderr } = await runScript(shell, script, [file, recursive ? 'all' : 'one']);
  if (exitCode === 42) {
    throw notFound(file);
  }
  if (exitCode !== 0) {
    throw /not empty/i.test(stderr)
      ? new UserError('folder-not-empty', t('The folder {0} is not empty.', shown(file)))
      : commandFailure(file, stderr);
  }
}

/** Rejects with `file-exists` where something is there already and may not be overwritten. */
export async function execRename(shell: Shell, from: string, to: string, overwrite: boolean): Promise<void> {
  // A folder in the way goes first, because mv would move into it.
  const script = `
[ -e "$1" ] || [ -h "$1" ] || exit 42
if [ -e "$2" ] || [ -h "$2" ]; then
  [ "$3" = over ] || exit 43
  if [ -d "$2" ]; then
    [ -d "$1" ] || [ -h "$2" ] || exit 44
    rm -rf -- "$2" || exit 1
  fi
fi
exec mv -f -- "$1" "$2"`;
  const { exitCode, stderr } = await runScript(shell, script, [from, to, overwrite ? 'over' : '']);
  switch (exitCode) {
    case 0:
      return;
    case 42:
      throw notFound(from);
    case 43:
      throw exists(to);
    case 44:
      throw isFolder(to);
    default:
      throw commandFailure(from, stderr);
  }
}
