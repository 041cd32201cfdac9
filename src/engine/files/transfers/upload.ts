// Uploads local files and folders: packed while they are sent.
import type { Transport } from '../../connection/transport.ts';
import { putArchive } from '../archive.ts';
import { inMemory, notFolder, notFound } from '../failures.ts';
import { rightsOf } from '../owner.ts';
import { follow, type Place } from '../place.ts';
import { writeTar } from '../tar/writer.ts';
import type { TransferOptions, Transferred } from '../types.ts';
import { meter } from './meter.ts';
import { packFiles, sizeOf } from './pack.ts';
import { emptyResult } from './result.ts';

/** Puts local files into the folder at a place, links followed. `folder` is its path as the person knows it. Rejects as `Files` says. */
export async function upload(
  transport: Transport,
  place: Place,
  folder: string,
  from: readonly string[],
  options: TransferOptions,
): Promise<Transferred> {
  const { signal } = options;
  const { entry, path } = await follow(transport, place, signal);
  if (place.inMemory(path)) {
    throw inMemory(folder);
  }
  if (entry?.kind !== 'folder') {
    throw entry ? notFolder(folder) : notFound(folder);
  }
  const result = emptyResult();
  const total = await sizeOf(from, signal);
  const { uid, gid } = await rightsOf(transport, place, path, 'folder');
  const archive = writeTar(packFiles(from, { uid, gid }, result, meter(options, total)));
  await putArchive(transport, place.container, path, archive, signal);
  return result;
}
