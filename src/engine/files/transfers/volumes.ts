// Backup and restore: all files of a volume, with their owners, in one local tar file.
import path from 'node:path';
import type { Readable } from 'node:stream';
import { cannotRead } from '../../../local/failure.ts';
import { EngineError } from '../../../model/engines/error.ts';
import { UserError } from '../../../model/errors.ts';
import { baseName } from '../../../model/files/entry.ts';
import { t } from '../../../model/l10n.ts';
import { segment, type Transport } from '../../connection/transport.ts';
import { openArchive, putArchive } from '../archive.ts';
import { cancellable, pullBusybox, shown } from '../failures.ts';
import { type HelperContainer, volumeRoot } from '../helperContainers/create.ts';
import type { HelperContainers } from '../helperContainers/pool.ts';
import { execPack } from '../shellCommands.ts';
import { readTar, type TarHeader } from '../tar/reader.ts';
import type { FileClient, TransferOptions, Transferred } from '../types.ts';
import { safeSteps } from './extract.ts';
import { openLocal, saveInspected } from './localArchive.ts';
import { emptyResult } from './result.ts';

interface Parts {
  client: FileClient;
  transport: Transport;
  helperContainers: HelperContainers;
}

/** Writes all of a volume to a local tar file, which is there only when it is whole. Rejects as `Files` says. */
export function backupVolume(parts: Parts, volume: string, to: string, options: TransferOptions): Promise<Transferred> {
  const { signal } = options;
  return parts.helperContainers.use(volume, 'read', (helperContainer) =>
    cancellable(signal, async () => {
      const archive = await openVolume(parts, helperContainer, volume, signal);
      // The engine ends an archive in which it failed like any other; only its last blocks tell.
      return saveInspected(archive, to, options, ({ path }) => inspectArchive(path, signal));
    }),
  );
}

/** Unpacks a local tar file into a volume, which is created when it is missing. Rejects as `Files` says. */
export function restoreVolume(
  { transport, helperContainers }: Parts,
  volume: string,
  from: string,
  options: TransferOptions,
): Promise<Transferred> {
  const { signal } = options;
  return cancellable(signal, async () => {
    // Read once before anything is written: half a restore is worse than none.
    let root: TarHeader | undefined;
    const result = await inspectArchive(from, signal, (entry) => {
      refuseUnsafe(entry);
      root = entry.kind === 'folder' && safeSteps(entry.name)?.length === 0 ? entry : root;
    });
    await createVolume(transport, volume);
    await helperContainers.useFresh(volume, async ({ container }) => {
      await putArchive(transport, container, volumeRoot, await openLocal(from, options), signal);
      if (root) {
        // The engine leaves the mode and the owner of the folder that it unpacks in as they are.
        const { mode, uid, gid, modified } = root;
        const name = baseName(volumeRoot);
        await putArchive(transport, container, '/', [{ name, kind: 'folder', mode, uid, gid, modified }]);
      }
    });
    return result;
  });
}

/** All of a volume as a tar stream, with the owners of its files. */
async function openVolume(
  { client, transport }: Parts,
  { container, shell, start }: HelperContainer,
  volume: string,
  signal: AbortSignal,
): Promise<Readable> {
  if (!transport.podman) {
    return openArchive(transport, container, `${volumeRoot}/.`, signal);
  }
  if (shell === undefined) {
    throw new UserError(
      'no-helper-image',
      t(
        'Podman does not say who owns the files of the volume {0}, so that Docknotes saves them with the program tar in a helper container, and no image on this engine has a shell for that. Pull a small image, for example busybox.',
        shown(volume),
      ),
      { actions: [pullBusybox()] },
    );
  }
  await start();
  return execPack({ client, container, path: shell }, volumeRoot);
}

/** Reads an archive file, gzip or not, to its end, and counts its files. */
async function inspectArchive(
  file: string,
  signal: AbortSignal,
  check: (entry: TarHeader) => void = () => {},
): Promise<Transferred> {
  const result = emptyResult();
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
