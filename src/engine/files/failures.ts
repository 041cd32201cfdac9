// What can go wrong with a file, as sentences.
import { isLocal, localFailure } from '../../local/failure.ts';
import { EngineError } from '../../model/engines/error.ts';
import { Cancelled, type ErrorAction, UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';

export function notFound(path: string): UserError {
  return new UserError('file-not-found', t('There is no file {0}. It may have been removed meanwhile.', shown(path)));
}

export function exists(path: string): UserError {
  return new UserError('file-exists', t('{0} exists already.', shown(path)));
}

export function notFolder(path: string): UserError {
  return new UserError('not-a-folder', t('{0} is not a folder.', shown(path)));
}

export function isFolder(path: string): UserError {
  return new UserError('is-a-folder', t('{0} is a folder.', shown(path)));
}

export function notFile(path: string): UserError {
  return new UserError(
    'not-a-file',
    t('{0} is a device, a pipe or a socket. It has no content that can be read or written here.', shown(path)),
  );
}

export function inMemory(path: string): UserError {
  return new UserError(
    'in-memory',
    t(
      '{0} is in memory (tmpfs, /proc, /sys or /dev), where the engine reaches no files. Only a running container that has a shell can show it.',
      shown(path),
    ),
  );
}

/** The sentence for a failed request of the archive API; what is not about files stays as it is. */
export function fileFailure(error: unknown, path: string): unknown {
  if (!(error instanceof EngineError) || error.status === undefined) {
    return error;
  }
  const words = error.message;
  // Docker: "Could not find the file"; Podman: "no such file or directory". A missing container is told by its own words.
  if (
    /could not find the file|no such file or directory|could not be found on container|: not a directory/i.test(words)
  ) {
    return notFound(path);
  }
  if (/read-only/i.test(words)) {
    return readOnly(path, error);
  }
  if (/no space left on device/i.test(words)) {
    return noSpace(t("The disk of the engine's host is full. Free space there and try again."), error);
  }
  return error;
}

/** What a command in the container said when it failed, as a sentence where its words are known. */
export function commandFailure(file: string, stderr: string): UserError {
  if (/no such file/i.test(stderr)) {
    return notFound(file);
  }
  if (/file exists/i.test(stderr)) {
    return exists(file);
  }
  if (/read-only file system/i.test(stderr)) {
    return readOnly(file);
  }
  const words = plain(stderr, 300);
  return new UserError(
    'file-command-failed',
    words
      ? t('The container could not do this with {0}: {1}', shown(file), words)
      : t('The container could not do this with {0}.', shown(file)),
  );
}

/**
 * What ended a transfer in its middle: the connection, or the disk of this machine. The engine's own answers and what
 * is a sentence already stay as they are.
 */
export function transferFailure(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof EngineError || error instanceof UserError || !('code' in error)) {
    return error;
  }
  if (['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(String(error.code))) {
    return connectionLost(error);
  }
  return isLocal(error) ? localFailure(error) : error;
}

/** What a transfer rejects with: whatever an abort looks like on the way, it is a `Cancelled` in the end. */
export function cancelledOr(error: unknown, signal: AbortSignal): unknown {
  return signal.aborted ? new Cancelled() : transferFailure(error);
}

/** Runs `work` unless the signal is aborted already; rejects as `cancelledOr` says. */
export async function cancellable<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    signal.throwIfAborted();
    return await work();
  } catch (error) {
    throw cancelledOr(error, signal);
  }
}

export function connectionLost(cause?: unknown): UserError {
  return new UserError(
    'connection-lost',
    t('The connection to the engine was lost before everything was transferred. Try again when it is back.'),
    { cause },
  );
}

export function noSpace(sentence: string, cause?: unknown): UserError {
  return new UserError('no-space', sentence, { cause });
}

/** What helps where no image on the engine has a shell. */
export function pullBusybox(): ErrorAction {
  return { label: t('Pull busybox'), command: 'docknotes.pullImage', args: ['busybox'] };
}

function readOnly(path: string, cause?: unknown): UserError {
  return new UserError(
    'read-only',
    t('{0} cannot be changed: the container or the volume was mounted read-only.', shown(path)),
    { cause },
  );
}

export function shown(path: string): string {
  return plain(path, 300);
}
