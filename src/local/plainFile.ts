// Reads plain files of this machine, within bounds. A name in a line, a setting or a folder may lead to a device or a
// pipe, on which a reader would wait for ever.
import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { UserError } from '../model/errors.ts';
import { t } from '../model/l10n.ts';

/** Should the file have become something else since it was looked at: no waiting, and no terminal of ours. Windows has neither. */
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);
const piece = 64 * 1024;

/**
 * Opens a file to read, links followed. Rejects with a UserError of code `not-a-file` or `file-too-large`, whose message
 * is the reason alone, or with the system's own error, for which `reasonOf` has a sentence.
 */
export async function openPlainFile(path: string, limit = Number.POSITIVE_INFINITY): Promise<FileHandle> {
  // First without opening it, which does something by itself to some devices.
  check(await stat(path), limit);
  const file = await open(path, flags);
  try {
    check(await file.stat(), limit);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** The bytes of a file; rejects as `openPlainFile` does. */
export async function readPlainFile(path: string, limit: number): Promise<Buffer> {
  const file = await openPlainFile(path, limit);
  try {
    const chunks: Buffer[] = [];
    // The size that is told is not believed: files of the kernel have none, and others grow.
    for (let left = limit; ; ) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(piece), 0, piece, null);
      if (bytesRead === 0) {
        return Buffer.concat(chunks);
      }
      left = take(buffer.subarray(0, bytesRead), chunks, left, limit);
    }
  } finally {
    await file.close();
  }
}

/** The same at once, for the few small files that are read before anything else can go on. */
export function readPlainFileSync(path: string, limit: number): Buffer {
  check(statSync(path), limit);
  const file = openSync(path, flags);
  try {
    check(fstatSync(file), limit);
    const chunks: Buffer[] = [];
    for (let left = limit; ; ) {
      const buffer = Buffer.allocUnsafe(piece);
      const bytesRead = readSync(file, buffer, 0, piece, null);
      if (bytesRead === 0) {
        return Buffer.concat(chunks);
      }
      left = take(buffer.subarray(0, bytesRead), chunks, left, limit);
    }
  } finally {
    closeSync(file);
  }
}

function take(chunk: Buffer, chunks: Buffer[], left: number, limit: number): number {
  if (chunk.length > left) {
    throw tooLarge(limit);
  }
  chunks.push(chunk);
  return left - chunk.length;
}

function check(file: Stats, limit: number): void {
  if (file.isDirectory()) {
    throw new UserError('not-a-file', t('It is a folder.'));
  }
  if (!file.isFile()) {
    throw new UserError('not-a-file', t('It is a device, a pipe or a socket, and not a plain file.'));
  }
  if (file.size > limit) {
    throw tooLarge(limit);
  }
}

function tooLarge(limit: number): UserError {
  return new UserError('file-too-large', t('It is larger than {0} bytes.', limit));
}
