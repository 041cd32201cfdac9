// Archives between the engine and a local file: a file is there only when it is whole.
import type { FileHandle } from 'node:fs/promises';
import { PassThrough, type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { cannotRead } from '../../../local/failure.ts';
import { openPlainFile } from '../../../local/plainFile.ts';
import { into, writeWhole } from '../../../local/wholeFile.ts';
import { UserError } from '../../../model/errors.ts';
import { t } from '../../../model/l10n.ts';
import { cancelledOr } from '../failures.ts';
import type { TransferOptions } from '../types.ts';
import { meter } from './meter.ts';

/** A tar archive ends with two empty blocks. */
const tarEnd = 1024;
/** Bytes that are read at once. */
const piece = 256 * 1024;

/**
 * Writes a tar stream to a file, compressed when the file's name says so. An archive in which the engine failed ends like
 * any other but for its last blocks, and is refused. Resolves with the bytes before compression.
 */
export function saveArchive(archive: Readable, to: string, options: TransferOptions): Promise<{ bytes: number }> {
  return saveInspected(archive, to, options, ({ bytes, complete }) => {
    if (!complete) {
      throw new UserError(
        'bad-archive',
        t('The engine stopped sending the archive before it was complete. The log of the engine says why; try again.'),
      );
    }
    return { bytes };
  });
}

/** The same; whether it is whole is for `inspect` to say, which is given the file before it is in its place. */
export async function saveInspected<T>(
  archive: Readable,
  to: string,
  options: TransferOptions,
  inspect: (saved: { path: string; bytes: number; complete: boolean }) => T | Promise<T>,
): Promise<T> {
  const { signal } = options;
  const count = meter(options);
  let bytes = 0;
  let end = Buffer.alloc(0);
  const counted = throughput((length, chunk) => {
    bytes += length;
    end = Buffer.concat([end, chunk.subarray(-tarEnd)]).subarray(-tarEnd);
    count(length);
  });
  const packed = /\.t?gz$/i.test(to) ? createGzip() : new PassThrough();
  try {
    return await writeWhole(to, async (file, path) => {
      await pipeline(archive, counted, packed, into(file), { signal });
      count.end();
      return inspect({ path, bytes, complete: end.length === tarEnd && end.every((byte) => byte === 0) });
    });
  } catch (error) {
    archive.destroy();
    throw cancelledOr(error, signal);
  }
}

/**
 * Opens a local file as a stream that counts, with `unpack` without its gzip compression. Rejects with a UserError of
 * code `local-file` when it is no plain file or cannot be read; what goes wrong later is an error of the stream.
 */
export async function openLocal(
  from: string,
  { onProgress, unpack = false }: Pick<TransferOptions, 'onProgress'> & { unpack?: boolean },
): Promise<Readable> {
  try {
    const file = await openPlainFile(from);
    const { size } = await file.stat();
    const packed = unpack && (await isGzip(file));
    const count = meter({ onProgress }, size);
    const content = file.createReadStream({ start: 0, highWaterMark: piece });
    return chain(content, [throughput(count), ...(packed ? [createGunzip()] : [])]);
  } catch (error) {
    throw cannotRead(from, error);
  }
}

/** Streams one after the other, which end together, whichever of them fails or is given up. */
function chain(first: Readable, others: readonly Transform[]): Readable {
  return others.reduce((from: Readable, to) => {
    from.once('error', (error) => to.destroy(error));
    to.once('close', () => from.destroy());
    return from.pipe(to);
  }, first);
}

async function isGzip(file: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
  return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
}

function throughput(onChunk: (length: number, chunk: Buffer) => void): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      onChunk(chunk.length, chunk);
      done(null, chunk);
    },
  });
}
