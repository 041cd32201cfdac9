// Writes a file of this machine that is there only when it is whole.
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../model/errors.ts';
import { t } from '../model/l10n.ts';
import { plain } from '../model/text.ts';
import { cannotWrite, isLocal } from './failure.ts';

/** Creates, and neither opens nor follows what is there. */
const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/**
 * Gives `write` a new, empty file beside `to`, which takes its place when `write` resolves, and is removed when it
 * rejects. Its name cannot be foreseen, so that nothing that somebody put there is written through or removed, and only
 * its owner may read it until it is whole. Then it gets `mode`, or that of the file that it replaces, or that of any new one.
 * Rejects with a UserError of code `local-file` where `to` is no plain file, and where the disk fails.
 */
export async function writeWhole<T>(
  to: string,
  write: (file: FileHandle, path: string) => Promise<T>,
  { mode }: { mode?: number } = {},
): Promise<T> {
  const path = join(dirname(to), `.docknotes-${randomBytes(6).toString('hex')}`);
  let file: FileHandle | undefined;
  try {
    const there = await lstat(to).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') {
        return undefined;
      }
      throw error;
    });
    if (there && !there.isFile()) {
      const sentence = t('{0} is there, and is no plain file. Choose another name.', plain(to, 300));
      throw new UserError('local-file', sentence);
    }
    file = await open(path, flags, 0o600);
    const result = await write(file, path);
    await file.chmod(mode ?? (there ? there.mode & 0o777 : 0o666 & ~process.umask()));
    await file.close();
    await rename(path, to);
    return result;
  } catch (error) {
    if (file) {
      await file.close().catch(() => undefined);
      await rm(path, { force: true });
    }
    throw isLocal(error) ? cannotWrite(to, error) : error;
  }
}

/** The end of a pipeline: writes all that comes to a file. */
export function into(file: FileHandle): (source: AsyncIterable<Uint8Array>) => Promise<void> {
  return async (source) => {
    for await (const chunk of source) {
      await file.writeFile(chunk);
    }
  };
}
