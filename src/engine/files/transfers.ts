// Download, upload, backup and restore: archives streamed between the engine and the local disk.
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { cannotRead, cannotWrite, isLocal } from '../../local/failure.ts';
import { EngineError } from '../../model/engines/error.ts';
import { Cancelled, UserError } from '../../model/errors.ts';
import { baseName, joinPath } from '../../model/files/entry.ts';
import { t } from '../../model/l10n.ts';
import { segment, type Transport } from '../connection/transport.ts';
import { type FileClient, packInside } from '../exec/capture.ts';
import { openArchive, putArchive } from './archive.ts';
import { extractFile, extractFolder, safeSteps } from './extract.ts';
import { inMemory, notFile, notFolder, notFound, shown, transferFailure } from './failures.ts';
import { type Helper, type Helpers, helperRoot } from './helperContainers.ts';
import { meter, openLocal, saveInspected } from './localArchive.ts';
import { rightsOf } from './owner.ts';
import { packFiles, sizeOf } from './pack.ts';
import { follow, type Place, type Places } from './place.ts';
import { readTar, type TarHeader } from './tar.ts';
import { writeTar } from './tarWriter.ts';
import type { Files, Transferred } from './types.ts';

interface Parts {
  client: FileClient;
  transport: Transport;
  places: Places;
  helpers: Helpers;
  /** Told after files of a place were changed. */
  touched: (place: Place, ...changes: [path: string, change: 'created' | 'changed'][]) => void;
}

export function createTransfers({
  transport,
  places,
  helpers,
  touched,
  client,
}: Parts): Pick<Files, 'download' | 'upload' | 'backup' | 'restore'> {
  /** All of a volume as a tar stream, with the owners of its files. */
  async function openVolume({ container, shell, start }: Helper, volume: string, signal: AbortSignal) {
    if (!transport.podman) {
      return openArchive(transport, container, `${helperRoot}/.`, signal);
    }
    if (shell === undefined) {
      throw new UserError(
        'no-helper-image',
        t(
          'Podman does not say who owns the files of the volume {0}, so that Docknotes saves them with the program tar in a helper container, and no image on this engine has a shell for that. Pull a small image, for example busybox.',
          shown(volume),
        ),
        { actions: [{ label: t('Pull busybox'), command: 'docknotes.pullImage', args: ['busybox'] }] },
      );
    }
    await start();
    return packInside({ client, container, shell }, helperRoot);
  }

  return {
    download: (owner, from, to, options) =>
      places.at(owner, from, (place) =>
        cancellable(options.signal, async () => {
          const { signal } = options;
          const { entry, path: real } = await follow(transport, place, signal);
          if (place.running && place.inMemory(real)) {
            throw inMemory(from);
          }
          switch (entry?.kind) {
            case 'folder': {
              const stream = await openArchive(transport, place.container, real === '/' ? '/.' : `${real}/.`, signal);
              const onBytes = meter(options);
              try {
                return await extractFolder(readTar(stream), to, { signal, onBytes });
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
            case 'file': {
              const stream = await openArchive(transport, place.container, real, signal);
              try {
                const onBytes = meter(options, entry.size);
                return await extractFile(readTar(stream), to, {
                  signal,
                  onBytes,
                  overwrite: options.overwrite === true,
                });
              } finally {
                stream.destroy();
              }
            }
            case 'other':
              throw notFile(from);
            default:
              throw notFound(from);
          }
        }),
      ),

    upload: (owner, folder, from, options) =>
      places.at(
        owner,
        folder,
        (place) =>
          cancellable(options.signal, async () => {
            const { signal } = options;
            const { entry, path: real } = await follow(transport, place, signal);
            if (place.inMemory(real)) {
              throw inMemory(folder);
            }
            if (entry?.kind !== 'folder') {
              throw entry ? notFolder(folder) : notFound(folder);
            }
            const result = nothing();
            const total = await sizeOf(from, signal);
            const { uid, gid } = await rightsOf(transport, place, real, 'folder');
            const archive = writeTar(packFiles(from, { uid, gid }, result, meter(options, total)));
            await putArchive(transport, place.container, real, archive, signal);
            // Whether a file of that name was there before is not known.
            touched(
              place,
              ...from.map((file): [string, 'created'] => [joinPath(place.path, path.basename(file)), 'created']),
            );
            return result;
          }),
        'write',
      ),

    backup: (volume, to, options) =>
      helpers.use(volume, 'read', (helper) =>
        cancellable(options.signal, async () => {
          const { signal } = options;
          const archive = await openVolume(helper, volume, signal);
          // The engine ends an archive in which it failed like any other; only its last blocks tell.
          return saveInspected(archive, to, options, ({ path }) => inspectArchive(path, signal));
        }),
      ),

    restore: (volume, from, options) =>
      cancellable(options.signal, async () => {
        const { signal } = options;
        // Read once before anything is written: half a restore is worse than none.
        let root: TarHeader | undefined;
        const result = await inspectArchive(from, signal, (entry) => {
          refuseUnsafe(entry);
          root = entry.kind === 'folder' && safeSteps(entry.name)?.length === 0 ? entry : root;
        });
        await createVolume(transport, volume);
        await helpers.useFresh(volume, async ({ container }) => {
          await putArchive(transport, container, helperRoot, await openLocal(from, options), signal);
          if (root) {
            // The engine leaves the mode and the owner of the folder that it unpacks in as they are.
            const { mode, uid, gid, modified } = root;
            const name = baseName(helperRoot);
            await putArchive(transport, container, '/', [{ name, kind: 'folder', mode, uid, gid, modified }]);
          }
        });
        return result;
      }),
  };
}

/** Reads an archive file, gzip or not, to its end, and counts its files. */
async function inspectArchive(
  file: string,
  signal: AbortSignal,
  check: (entry: TarHeader) => void = () => {},
): Promise<Transferred> {
  const result = nothing();
  const content = await openLocal(file, { unpack: true });
  try {
    for await (const entry of readTar(content)) {
      signal.throwIfAborted();
      check(entry);
      if (entry.kind === 'file' || entry.kind === 'hard') {
        result.files++;
        result.bytes += entry.kind === 'file' ? entry.size : 0;
      }
    }
    return result;
  } catch (error) {
    if (error instanceof UserError || signal.aborted) {
      throw error;
    }
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw code.startsWith('Z_')
      ? new UserError('bad-archive', t('{0} is damaged: it cannot be decompressed.', path.basename(file)))
      : cannotRead(file, error);
  } finally {
    content.destroy();
  }
}

/** What no backup of a volume holds, and a forged one may. */
function refuseUnsafe({ name, kind }: TarHeader): void {
  const climbs = safeSteps(name.replace(/^\/+/, ''), 'linux') === undefined;
  if (climbs || kind === 'device') {
    throw new UserError(
      'unsafe-archive',
      climbs
        ? t('The archive is not restored: the name {0} in it leads out of the volume.', shown(name))
        : t('The archive is not restored: {0} in it is a device.', shown(name)),
    );
  }
}

async function createVolume(transport: Transport, volume: string): Promise<void> {
  try {
    await transport.json({ method: 'GET', path: `/volumes/${segment(volume)}` });
  } catch (error) {
    if (!(error instanceof EngineError && error.status === 404)) {
      throw error;
    }
    await transport.json({ method: 'POST', path: '/volumes/create', body: { Name: volume } });
  }
}

/** Whatever an abort looks like on the way, it is a `Cancelled` in the end. */
async function cancellable<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    signal.throwIfAborted();
    return await work();
  } catch (error) {
    throw signal.aborted ? new Cancelled() : transferFailure(error);
  }
}

function nothing(): Transferred {
  return { files: 0, bytes: 0, skipped: [], skippedCount: 0 };
}
