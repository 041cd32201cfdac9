// What can go wrong with a file, as sentences.
import { isLocal, localFailure } from '../../local/failure.ts';
import { EngineError } from '../../model/engines/error.ts';
import { UserError } from '../../model/errors.ts';
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
    return new UserError(
      'read-only',
      t('{0} cannot be changed: the container or the volume was mounted read-only.', shown(path)),
      { cause: error },
    );
  }
  if (/no space left on device/i.test(words)) {
    return noSpace(t("The disk of the engine's host is full. Free space there and try again."), error);
  }
  return error;
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

export function shown(path: string): string {
  return plain(path, 300);
}
