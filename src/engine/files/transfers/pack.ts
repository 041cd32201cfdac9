// Local files and folders as entries of an archive, read while they are sent.
import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import { cannotRead } from '../../../local/failure.ts';
import type { TarSource } from '../tar/writer.ts';
import type { Transferred } from '../types.ts';
import { counted } from './meter.ts';
import { skip } from './result.ts';

/** Bytes that all files below the given paths have. */
export async function sizeOf(from: readonly string[], signal: AbortSignal): Promise<number> {
  let bytes = 0;
  for (const place of from) {
    for await (const { size } of walk(place, path.basename(place))) {
      signal.throwIfAborted();
      bytes += size;
    }
  }
  return bytes;
}

/**
 * The entries, all with the given owner; `result` counts what went. Links stay links, with their text;
 * devices, pipes and sockets are left out. On Windows, which has no such modes, files get 0644 and folders 0755.
 */
export async function* packFiles(
  from: readonly string[],
  owner: { uid: number; gid: number },
  result: Transferred,
  onBytes: (length: number) => void,
): AsyncGenerator<TarSource> {
  for (const place of from) {
    for await (const { name, file, kind, mode, size, modified } of walk(place, path.basename(place))) {
      const common = { name, mode, modified, ...owner };
      switch (kind) {
        case 'folder':
          yield { ...common, kind };
          break;
        case 'link':
          yield { ...common, kind, link: await readlink(file) };
          break;
        case 'file':
          yield { ...common, kind, size, content: size > 0 ? counted(contentOf(file, size), onBytes) : [] };
          result.files++;
          result.bytes += size;
          break;
        default:
          skip(result, name, 'special');
      }
    }
  }
}

interface LocalFile {
  /** With slashes, relative to the folder that is packed from. */
  name: string;
  file: string;
  kind: 'file' | 'folder' | 'link' | 'special';
  mode: number;
  size: number;
  modified: number;
}

async function* walk(file: string, name: string): AsyncGenerator<LocalFile> {
  const stat = await lstat(file).catch((error: unknown) => {
    throw cannotRead(file, error);
  });
  const kind = stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : stat.isSymbolicLink() ? 'link' : 'special';
  const mode = process.platform === 'win32' ? (kind === 'folder' ? 0o755 : 0o644) : stat.mode & 0o777;
  yield { name, file, kind, mode, size: kind === 'file' ? stat.size : 0, modified: Math.floor(stat.mtimeMs) };
  if (kind === 'folder') {
    for (const child of (await readdir(file)).sort()) {
      yield* walk(path.join(file, child), `${name}/${child}`);
    }
  }
}

/** At most `size` bytes, as they were announced: a log may grow while it is read. */
function contentOf(file: string, size: number): AsyncIterable<Buffer> {
  return createReadStream(file, { end: size - 1, highWaterMark: 256 * 1024 });
}
