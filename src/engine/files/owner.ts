// Whose a file is, before it is replaced or something is put beside it.
import { UserError } from '../../model/errors.ts';
import { joinPath } from '../../model/files/entry.ts';
import { t } from '../../model/l10n.ts';
import { segment, type Transport } from '../connection/transport.ts';
import { entryPath, headerOf } from './archive.ts';
import { pullBusybox, shown } from './failures.ts';
import { lookAt, type Place } from './place.ts';
import { execStat } from './shellCommands.ts';
import { readTar, type TarHeader } from './tar/reader.ts';

export interface FileRights {
  uid: number;
  gid: number;
  mode: number;
}

/** How much of an export is read for one owner: an image of 1 GB is searched in about the time that a person waits for a save. */
const exportLimit = { bytes: 1024 * 1024 * 1024, milliseconds: 10_000 };

/** User, group and mode of a file or folder. Rejects with `owner-unknown` or `start-first` where Podman does not say them. */
export async function rightsOf(
  transport: Transport,
  place: Place,
  path: string,
  kind: 'file' | 'folder',
): Promise<FileRights> {
  if (transport.podman) {
    return rightsInPodman(transport, place, path, kind);
  }
  // With a slash at its end a link to a folder is followed.
  return headerOf(transport, place.container, kind === 'folder' && path !== '/' ? `${path}/` : path);
}

/** Podman's archives give all files to the container's own user: the container is asked itself, else its export is read. */
async function rightsInPodman(
  transport: Transport,
  place: Place,
  path: string,
  kind: 'file' | 'folder',
): Promise<FileRights> {
  if (path === '/') {
    return { uid: 0, gid: 0, mode: 0o755 };
  }
  const real = await withoutLinks(transport, place.container, path);
  const shell = await place.shell();
  const found = shell
    ? await execStat(shell, real)
    : place.isMounted(real)
      ? undefined
      : await headerInExport(transport, place.container, real);
  if (found?.kind === kind && found.uid !== undefined && found.gid !== undefined) {
    return { uid: found.uid, gid: found.gid, mode: found.mode };
  }
  const name = shown(place.toOwner(path) ?? path);
  if (place.owner.type === 'container' && !place.running) {
    throw new UserError(
      'start-first',
      t('Podman does not say who owns {0} while the container is stopped. Start it and try again.', name),
      { actions: [{ label: t('Start'), command: 'docknotes.startContainer', args: [place.owner.id] }] },
    );
  }
  throw new UserError(
    'owner-unknown',
    place.owner.type === 'container'
      ? t('Podman does not say who owns {0}, and the container has no shell that could. Nothing was changed.', name)
      : t(
          'Podman does not say who owns {0}. Docknotes asks a helper container, and no image on this engine has a shell for that. Pull a small image, for example busybox.',
          name,
        ),
    place.owner.type === 'container' ? {} : { actions: [pullBusybox()] },
  );
}

/** The path in which no step is a link. */
async function withoutLinks(transport: Transport, container: string, path: string): Promise<string> {
  let real = '/';
  for (const step of path.split('/').filter(Boolean)) {
    real = joinPath(real, step);
    real = (await lookAt(transport, container, real))?.target ?? real;
  }
  return real;
}

/** An export holds all of a container but what is mounted there, in one archive that has to be read from its beginning. */
async function headerInExport(transport: Transport, container: string, path: string): Promise<TarHeader | undefined> {
  const stream = await transport.stream({ method: 'GET', path: `/containers/${segment(container)}/export` });
  const until = Date.now() + exportLimit.milliseconds;
  let bytes = 0;
  for await (const entry of readTar(stream)) {
    if (`/${entryPath(entry)}` === path) {
      return entry;
    }
    bytes += 512 + entry.size;
    if (bytes > exportLimit.bytes || Date.now() > until) {
      return undefined;
    }
  }
  return undefined;
}
