// Downloads a file or a folder: its archive, unpacked on this machine.
import { rm } from 'node:fs/promises';
import { cannotWrite, isLocal } from '../../../local/failure.ts';
import { UserError } from '../../../model/errors.ts';
import type { Transport } from '../../connection/transport.ts';
import { openArchive } from '../archive.ts';
import { inMemory, notFile, notFound } from '../failures.ts';
import { follow, type Place } from '../place.ts';
import { readTar } from '../tar/reader.ts';
import type { Files, Transferred } from '../types.ts';
import { extractFile, extractFolder } from './extract.ts';
import { meter } from './meter.ts';

export type DownloadOptions = Parameters<Files['download']>[3];

/** Writes what is at a place, links followed, to the local path `to`. `from` is the path as the person knows it. Rejects as `Files` says. */
export async function download(
  transport: Transport,
  place: Place,
  from: string,
  to: string,
  options: DownloadOptions,
): Promise<Transferred> {
  const { entry, path } = await follow(transport, place, options.signal);
  if (place.running && place.inMemory(path)) {
    throw inMemory(from);
  }
  switch (entry?.kind) {
    case 'folder':
      return downloadFolder(transport, place.container, path, to, options);
    case 'file':
      return downloadFile(transport, place.container, path, to, { ...options, size: entry.size });
    case 'other':
      throw notFile(from);
    default:
      throw notFound(from);
  }
}

async function downloadFolder(
  transport: Transport,
  container: string,
  path: string,
  to: string,
  options: DownloadOptions,
): Promise<Transferred> {
  const { signal } = options;
  const stream = await openArchive(transport, container, path === '/' ? '/.' : `${path}/.`, signal);
  try {
    return await extractFolder(readTar(stream), to, { signal, onBytes: meter(options) });
  } catch (error) {
    // The folder is ours from its creation on; what was there before is never removed.
    if (!(error instanceof UserError && ['file-exists', 'local-folder'].includes(error.code))) {
      await rm(to, { recursive: true, force: true });
    }
    throw isLocal(error) ? cannotWrite(to, error) : error;
  } finally {
    stream.destroy();
  }
}

async function downloadFile(
  transport: Transport,
  container: string,
  path: string,
  to: string,
  { size, ...options }: DownloadOptions & { size: number },
): Promise<Transferred> {
  const { signal, overwrite = false } = options;
  const stream = await openArchive(transport, container, path, signal);
  try {
    return await extractFile(readTar(stream), to, { signal, onBytes: meter(options, size), overwrite });
  } finally {
    stream.destroy();
  }
}
