// Where a file really is: in which container, at which path there, and whether a shell can be used on it.
import { UserError } from '../../model/errors.ts';
import { type FileEntry, type FileOwner, isWithin, joinPath, normalizePath } from '../../model/files/entry.ts';
import { t } from '../../model/l10n.ts';
import { fields } from '../../model/untyped.ts';
import type { Transport } from '../connection/transport.ts';
import { findShell, type Shell } from '../exec/script.ts';
import { statPath } from './archive.ts';
import { notFound, shown, transferFailure } from './failures.ts';
import type { Access } from './helperContainers/consent.ts';
import { type HelperContainer, volumeRoot } from './helperContainers/create.ts';
import type { HelperContainers } from './helperContainers/pool.ts';
import type { FileClient } from './types.ts';
import { type Mounts, mountsOf } from './volumeMounts.ts';

export interface Place extends Mounts {
  readonly container: string;
  /** Absolute path in that container. */
  readonly path: string;
  readonly running: boolean;
  readonly owner: FileOwner;
  /** The way to run commands there, if there is one. A volume's helper container is started for it. */
  shell(): Promise<Shell | undefined>;
  /** The path of the same owner that a path in the container stands for; undefined when it is not the owner's. */
  toOwner(path: string): string | undefined;
}

export interface Places {
  /**
   * Gives the place of a path to `work`, to read when `access` does not say more. For a volume its folders are checked
   * first, so that no link leads out of it. Rejects with `file-not-found` for a path that cannot be, with what the engine
   * says of the owner, and with what `work` rejects with, as a sentence where a transfer broke off.
   */
  at<T>(owner: FileOwner, path: string, work: (place: Place) => Promise<T>, access?: Access): Promise<T>;
}

/** Shells of containers that are remembered. */
const maxShells = 500;

/** Gives places in containers, and in volumes through helper containers. Nothing is asked before a place is. */
export function createPlaces(client: FileClient, transport: Transport, helperContainers: HelperContainers): Places {
  const shellOf = rememberShells(client);
  return {
    async at(owner, path, work, access = 'read') {
      if (path.includes('\0')) {
        throw notFound(path);
      }
      const clean = normalizePath(path);
      try {
        return owner.type === 'container'
          ? await work(await placeInContainer(client, owner.id, clean, shellOf))
          : await helperContainers.use(owner.name, access, async (helperContainer) =>
              work(await placeInVolume(client, transport, owner.name, helperContainer, clean)),
            );
      } catch (error) {
        throw transferFailure(error);
      }
    },
  };
}

type ShellOf = (container: string) => Promise<string | undefined>;

/** Finds a container's shell once: an image's files rarely change, and asking takes up to five requests. */
function rememberShells(client: FileClient): ShellOf {
  const shells = new Map<string, string | undefined>();
  return async (container) => {
    if (!shells.has(container)) {
      if (shells.size >= maxShells) {
        shells.clear();
      }
      shells.set(container, await findShell(client, container));
    }
    return shells.get(container);
  };
}

async function placeInContainer(client: FileClient, name: string, path: string, shellOf: ShellOf): Promise<Place> {
  const { id, raw } = await client.inspect(name);
  const { Running, Paused, Restarting } = fields(fields(raw).State);
  const running = Running === true && Paused !== true && Restarting !== true;
  return {
    container: id,
    path,
    running,
    owner: { type: 'container', id },
    ...mountsOf(raw),
    toOwner: (real) => real,
    async shell() {
      const found = running ? await shellOf(id) : undefined;
      return found === undefined ? undefined : { client, container: id, path: found };
    },
  };
}

async function placeInVolume(
  client: FileClient,
  transport: Transport,
  name: string,
  helperContainer: HelperContainer,
  path: string,
): Promise<Place> {
  const { container, shell } = helperContainer;
  if (transport.podman && shell !== undefined) {
    // Podman follows links in a volume, and does not tell of them, until the container runs.
    await helperContainer.start();
  }
  await checkFolders(transport, container, path);
  return {
    container,
    path: path === '/' ? volumeRoot : volumeRoot + path,
    running: false,
    inMemory: () => false,
    isMounted: () => true,
    owner: { type: 'volume', name },
    toOwner: (real) => (isWithin(real, volumeRoot) ? real.slice(volumeRoot.length) || '/' : undefined),
    async shell() {
      if (shell === undefined) {
        return undefined;
      }
      await helperContainer.start();
      return { client, container, path: shell };
    },
  };
}

/** The file itself, or what a link leads to in the end; `place.path` stays, the path is in the answer. */
export async function follow(
  transport: Transport,
  place: Place,
  signal?: AbortSignal,
): Promise<{ entry: FileEntry | undefined; path: string }> {
  const entry = await lookAt(transport, place.container, place.path, signal);
  if (entry?.kind !== 'link') {
    return { entry, path: place.path };
  }
  if (entry.target === undefined) {
    throw new UserError(
      'not-possible',
      t(
        'Podman does not say where the link {0} leads, because one of the characters * ? [ ] \\ is in its path. Open the file that it leads to.',
        shown(place.toOwner(place.path) ?? place.path),
      ),
    );
  }
  if (place.toOwner(entry.target) === undefined) {
    throw leaves(place.path);
  }
  return { entry: await lookAt(transport, place.container, entry.target, signal), path: entry.target };
}

/** The file, or undefined when there is none. */
export async function lookAt(
  transport: Transport,
  container: string,
  path: string,
  signal?: AbortSignal,
): Promise<FileEntry | undefined> {
  try {
    return await statPath(transport, container, path, signal);
  } catch (error) {
    if (error instanceof UserError && error.code === 'file-not-found') {
      return undefined;
    }
    throw error;
  }
}

/** In a helper container, a link may lead to the files of its image, which are not the volume's. */
async function checkFolders(transport: Transport, container: string, path: string): Promise<void> {
  let real = volumeRoot;
  for (const step of path.split('/').filter(Boolean).slice(0, -1)) {
    real = joinPath(real, step);
    const entry = await statPath(transport, container, real);
    if (entry.kind === 'link') {
      if (entry.target === undefined || !isWithin(entry.target, volumeRoot)) {
        throw leaves(path);
      }
      real = entry.target;
    }
  }
}

function leaves(path: string): UserError {
  return new UserError(
    'link-leaves-volume',
    t(
      'The link {0} leads out of its volume. Open it in a container that uses the volume.',
      shown(isWithin(path, volumeRoot) ? path.slice(volumeRoot.length) : path),
    ),
  );
}
