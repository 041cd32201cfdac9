// Short commands in a running container, with its own shell, for what the archive API cannot do.
import { Readable } from 'node:stream';
import { readToEnd } from '../../model/containers/output.ts';
import { Cancelled, UserError } from '../../model/errors.ts';
import { baseName, type FileEntry, parentPath } from '../../model/files/entry.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';
import { exists, isFolder, notFolder, notFound, shown } from '../files/failures.ts';
import { listingExit, listingScript, parseListing } from '../files/listing.ts';
import type { Containers } from '../types.ts';

/** What files need of the client. */
export type FileClient = Pick<Containers, 'inspect' | 'pathExists' | 'exec' | 'start' | 'remove'>;

/** A running container and the path of its shell. */
export interface Inside {
  client: FileClient;
  container: string;
  shell: string;
}

/** Shells that know POSIX; busybox images for distroless debugging keep theirs in /busybox. */
const shells = ['/bin/sh', '/usr/bin/sh', '/busybox/sh', '/bin/bash', '/usr/bin/bash'];
const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/busybox';
/** Bytes of a listing, some 300,000 files; of messages, a page. */
const largestListing = 32 * 1024 * 1024;
/** Seconds for a listing or a file: a network file system, or a file of the kernel, may keep us waiting for ever. */
const patience = 30;

/** The path of a POSIX shell in a container, running or not; undefined when there is none. */
export async function findShell(
  client: Pick<FileClient, 'pathExists'>,
  container: string,
): Promise<string | undefined> {
  for (const shell of shells) {
    if (await client.pathExists(container, shell)) {
      return shell;
    }
  }
  return undefined;
}

/** A folder's children, or one of them; undefined when the container lacks the program that is needed. */
export async function listInside(
  inside: Inside,
  folder: string,
  options: { name?: string; signal?: AbortSignal | undefined } = {},
): Promise<{ entries: FileEntry[]; complete: boolean } | undefined> {
  const { exitCode, stdout, cut } = await run(inside, listingScript, [folder, options.name ?? ''], {
    limit: largestListing,
    seconds: patience,
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
export async function statInside(inside: Inside, file: string, signal?: AbortSignal): Promise<FileEntry | undefined> {
  const name = baseName(file);
  const listing = await listInside(inside, parentPath(file), { name, signal });
  return listing?.entries.find((entry) => entry.name === name);
}

/** A file's first `limit` bytes; for the files of /proc and of tmpfs, which the archive API does not see. */
export async function readInside(inside: Inside, file: string, limit: number, signal?: AbortSignal): Promise<Buffer> {
  const { exitCode, stdout, stderr, cut } = await run(inside, 'exec cat <"$1"', [file], {
    limit,
    seconds: patience,
    signal,
  });
  if (exitCode !== 0 && !cut) {
    throw failed(file, stderr);
  }
  return stdout;
}

/** Writes into the file as it is, so that its inode, owner and mode stay; for files that are mounted one by one. */
export async function writeInside(inside: Inside, file: string, content: Uint8Array): Promise<void> {
  // By length: not every connection can tell the end of the input.
  const script = 'umask 022; exec head -c "$2" >"$1"';
  const { exitCode, stderr } = await run(inside, script, [file, String(content.length)], { input: content });
  if (exitCode !== 0) {
    throw failed(file, stderr);
  }
}

/** A folder's files as a tar stream, made by the program tar; for Podman, whose own archives do not say whose files are. */
export async function packInside({ client, container, shell }: Inside, folder: string): Promise<Readable> {
  const session = await client.exec(container, {
    command: [shell, '-c', 'exec tar -C "$1" -cf - .', 'docknotes', folder],
    user: '0:0',
    workdir: '/',
    env: [path, 'LC_ALL=C'],
  });
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
          : failed(folder, words),
      );
    }
  });
  return archive;
}

export async function createFolderInside(inside: Inside, folder: string): Promise<void> {
  const { exitCode, stderr } = await run(inside, 'exec mkdir -- "$1"', [folder]);
  if (exitCode !== 0) {
    throw failed(folder, stderr);
  }
}

export async function removeInside(inside: Inside, file: string, recursive: boolean): Promise<void> {
  const script = `
[ -e "$1" ] || [ -h "$1" ] || exit 42
if [ "$2" = all ]; then exec rm -rf -- "$1"; fi
if [ -d "$1" ] && [ ! -h "$1" ]; then exec rmdir -- "$1"; fi
exec rm -f -- "$1"`;
  const { exitCode, stderr } = await run(inside, script, [file, recursive ? 'all' : 'one']);
  if (exitCode === 42) {
    throw notFound(file);
  }
  if (exitCode !== 0) {
    throw /not empty/i.test(stderr)
      ? new UserError('folder-not-empty', t('The folder {0} is not empty.', shown(file)))
      : failed(file, stderr);
  }
}

export async function renameInside(inside: Inside, from: string, to: string, overwrite: boolean): Promise<void> {
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
  const { exitCode, stderr } = await run(inside, script, [from, to, overwrite ? 'over' : '']);
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
      throw failed(from, stderr);
  }
}

export function failed(file: string, stderr: string): UserError {
  if (/no such file/i.test(stderr)) {
    return notFound(file);
  }
  if (/file exists/i.test(stderr)) {
    return exists(file);
  }
  if (/read-only file system/i.test(stderr)) {
    return new UserError(
      'read-only',
      t('{0} cannot be changed: the container or the volume was mounted read-only.', shown(file)),
    );
  }
  const words = plain(stderr, 300);
  return new UserError(
    'file-command-failed',
    words
      ? t('The container could not do this with {0}: {1}', shown(file), words)
      : t('The container could not do this with {0}.', shown(file)),
  );
}

interface RunOptions {
  input?: Uint8Array;
  /** Bytes of output after which the command is left. */
  limit?: number;
  /** Seconds after which it is left and fails. */
  seconds?: number;
  signal?: AbortSignal | undefined;
}

/** Runs a script of ours as root; paths are its arguments and never part of its text. */
export async function run(
  { client, container, shell }: Inside,
  script: string,
  args: readonly string[],
  { input, limit = 65_536, seconds, signal }: RunOptions = {},
): Promise<{ exitCode: number | undefined; stdout: Buffer; stderr: string; cut: boolean }> {
  if (signal?.aborted) {
    throw new Cancelled();
  }
  const session = await client.exec(container, {
    command: [shell, '-c', script, 'docknotes', ...args],
    user: '0:0',
    workdir: '/',
    env: [path, 'LC_ALL=C'],
    ...(input && { input: true }),
  });
  if (input) {
    session.write(input);
    session.end();
  }
  const late = seconds === undefined ? undefined : AbortSignal.timeout(seconds * 1000);
  const signals = [signal, late].filter((each) => each !== undefined);
  let cut = false;
  const output = await readToEnd(session, {
    limit: { stdout: limit, stderr: 4096 },
    onFull(stream) {
      if (stream === 'stdout') {
        cut = true;
        session.dispose();
      }
    },
    ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
  });
  if (signal?.aborted) {
    throw new Cancelled();
  }
  if (late?.aborted && !cut) {
    throw new UserError(
      'file-timeout',
      t(
        'The container did not answer within {0} seconds. The file system there may be waiting for a network.',
        seconds ?? 0,
      ),
    );
  }
  return {
    exitCode: output.exitCode,
    stdout: Buffer.from(output.bytes('stdout')),
    stderr: output.text('stderr'),
    cut,
  };
}
