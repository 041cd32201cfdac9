// Archives between the engine and a local file: a file is there only when it is whole.
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { PassThrough, type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { Cancelled, messageOf, UserError } from '../model/errors.ts';
import { t } from '../model/l10n.ts';
import { plain } from '../model/text.ts';
import { transferFailure } from './fileErrors.ts';
import type { TransferOptions } from './fileTypes.ts';

/** A tar archive ends with two empty blocks. */
const tarEnd = 1024;

/**
 * Writes a tar stream to a file, compressed when the file's name says so. An archive in which the engine failed ends like
 * any other but for its last blocks, and is refused. Resolves with the bytes before compression.
 */
export async function saveArchive(
  archive: Readable,
  to: string,
  { signal, onProgress }: TransferOptions,
): Promise<{ bytes: number }> {
  const partial = `${to}.part`;
  const counted = countBytes(onProgress);
  const packed = /\.t?gz$/i.test(to) ? createGzip() : new PassThrough();
  try {
    await pipeline(archive, counted.stream, packed, createWriteStream(partial), { signal });
    if (!counted.complete()) {
      throw new UserError(
        'bad-archive',
        t('The engine stopped sending the archive before it was complete. The log of the engine says why; try again.'),
      );
    }
    await rename(partial, to);
    return { bytes: counted.bytes() };
  } catch (error) {
    archive.destroy();
    await rm(partial, { force: true });
    throw signal.aborted ? new Cancelled() : transferFailure(error);
  }
}

/** Opens a local file as a stream that counts, with `unpack` without its gzip compression; refuses what cannot be read. */
export async function openLocal(
  from: string,
  { onProgress, unpack = false }: TransferOptions & { unpack?: boolean },
): Promise<Readable> {
  try {
    const handle = await open(from);
    const { size } = await handle.stat();
    const { stream } = countBytes(onProgress, size);
    const file = handle.createReadStream({ highWaterMark: 256 * 1024 });
    file.once('error', (error) => stream.destroy(error));
    stream.once('close', () => file.destroy());
    file.pipe(stream);
    if (!unpack || !(await isGzip(from))) {
      return stream;
    }
    const plainStream = createGunzip();
    stream.once('error', (error) => plainStream.destroy(error));
    plainStream.once('close', () => stream.destroy());
    return stream.pipe(plainStream);
  } catch (error) {
    throw new UserError(
      'local-file',
      t('A file on this machine cannot be read or written: {0}', plain(messageOf(error), 500)),
      { cause: error },
    );
  }
}

/** Tells of bytes at most ten times a second, and once at the end; keeps the last of them. */
function countBytes(onProgress: TransferOptions['onProgress'], total?: number) {
  let bytes = 0;
  let last = 0;
  let end = Buffer.alloc(0);
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      end = Buffer.concat([end, chunk.subarray(-tarEnd)]).subarray(-tarEnd);
      if (Date.now() - last >= 100) {
        last = Date.now();
        onProgress?.(bytes, total);
      }
      done(null, chunk);
    },
    flush(done) {
      onProgress?.(bytes, total);
      done();
    },
  });
  return {
    stream,
    bytes: () => bytes,
    complete: () => end.length === tarEnd && end.every((byte) => byte === 0),
  };
}

/** Whether a local file begins as gzip does; refuses what cannot be read. */
export async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file).catch((error: unknown) => {
    throw new UserError('local-file', t('{0} cannot be read. Check that it is there and that you may read it.', file), {
      cause: error,
    });
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}
