// Where a file really is: in which container, at which path there, and whether a shell can be used on it.
import { UserError } from '../../model/errors.ts';
import { type FileEntry, type FileOwner, isWithin, joinPath, normalizePath } from '../../model/files/entry.ts';
import { t } from '../../model/l10n.ts';
import type { Transport } from '../connection/transport.ts';
import { type FileClient, findShell, type Inside } from '../exec/capture.ts';
import { list, record, text } from '../inventory/records.ts';
import { statPath } from './archive.ts';
import { notFound, shown, transferFailure } from './failures.ts';
import { type Access, type Helper, type Helpers, helperRoot } from './helperContainers.ts';

export interface Place {
  readonly container: string;
  /** Absolute path in that container. */
  readonly path: string;
  /** Whether a path is in a tmpfs, /proc, /sys or /dev, where the archive API does not see what the container sees. */
  inMemory(path: string): boolean;
  /** Whether a path is in something that is mounted: a volume, a folder of the host, memory. */
  isMounted(path: string): boolean;
  readonly running: boolean;
  readonly owner: FileOwner;
  /** The way to run commands there, if there is one. A volume's helper is started for it. */
  inside(): Promise<Inside | undefined>;
  /** The path of the same owner that a path in the container stands for; undefined when it is not the owner's. */
  toOwner(path: string): string | undefined;
}

export interface Places {
  /** Gives the place of a path to `work`, to read when `access` does not say more. For a volume its folders are checked first, so that no link leads out of it. */
  at<T>(owner: FileOwner, path: string, work: (place: Place) => Promise<T>, access?: Access): Promise<T>;
}

export function createPlaces(client: FileClient, transport: Transport, helpers: Helpers): Places {
  /** Shells by container: an image's files rarely change, and asking takes up to five requests. */
  const shells = new Map<string, string | undefined>();

  async function shellOf(container: string): Promise<string | undefined> {
    if (!shells.has(container)) {
      if (shells.size >= 500) {
        shells.clear();
      }
      shells.set(container, await findShell(client, container));
    }
    return shells.get(container);
  }

  async function inContainer(container: string, path: string): Promise<Place> {
    const details = await client.inspect(container);
    const raw = record(details.raw);
    const { Running, Paused, Restarting } = record(raw.State);
    const running = Running === true && Paused !== true && Restarting !== true;
    return {
      container: details.id,
      path,
      running,
      owner: { type: 'container', id: details.id },
      ...mountsOf(raw),
      toOwner: (real) => real,
      async inside() {
        const shell = running ? await shellOf(details.id) : undefined;
        return shell === undefined ? undefined : { client, container: details.id, shell };
      },
    };
  }

  async function inVolume(name: string, helper: Helper, path: string): Promise<Place> {
    const { container, shell } = helper;
    if (transport.podman && shell !== undefined) {
      // Podman follows links in a volume, and does not tell of them, until the container runs.
      await helper.start();
    }
    await checkFolders(transport, container, path);
    return {
      container,
      path: path === '/' ? helperRoot : helperRoot + path,
      running: false,
      inMemory: () => false,
      isMounted: () => true,
      owner: { type: 'volume', name },
      toOwner: (real) => (isWithin(real, helperRoot) ? real.slice(helperRoot.length) || '/' : undefined),
      async inside() {
        if (shell === undefined) {
          return undefined;
        }
        await helper.start();
        return { client, container, shell };
      },
    };
  }

  return {
    async at(owner, path, work, access = 'read') {
      if (path.includes('\0')) {
        throw notFound(path);
      }
      const clean = normalizePath(path);
      try {
        return owner.type === 'container'
          ? await work(await inContainer(owner.id, clean))
          : await helpers.use(owner.name, access, async (helper) => work(await inVolume(owner.name, helper, clean)));
      } catch (error) {
        throw transferFailure(error);
      }
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

/** In a helper, a link may lead to the files of the helper's image, which are not the volume's. */
async function checkFolders(transport: Transport, container: string, path: string): Promise<void> {
  let real = helperRoot;
  for (const step of path.split('/').filter(Boolean).slice(0, -1)) {
    real = joinPath(real, step);
    const entry = await statPath(transport, container, real);
    if (entry.kind === 'link') {
      if (entry.target === undefined || !isWithin(entry.target, helperRoot)) {
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
      shown(isWithin(path, helperRoot) ? path.slice(helperRoot.length) : path),
    ),
  );
}

/** The innermost mount decides: a volume in a tmpfs is a volume. */
function mountsOf(raw: Record<string, unknown>): Pick<Place, 'inMemory' | 'isMounted'> {
  const mounts = new Map<string, boolean>(['/proc', '/sys', '/dev'].map((folder) => [folder, true]));
  for (const mount of list(raw.Mounts).map(record)) {
    mounts.set(normalizePath(text(mount.Destination)), text(mount.Type) === 'tmpfs');
  }
  const host = record(raw.HostConfig);
  for (const mount of list(host.Mounts).map(record)) {
    mounts.set(normalizePath(text(mount.Target)), text(mount.Type) === 'tmpfs');
  }
  for (const folder of Object.keys(record(host.Tmpfs))) {
    mounts.set(normalizePath(folder), true);
  }
  const innermost = (path: string) =>
    [...mounts.keys()]
      .filter((folder) => folder !== '/' && isWithin(path, folder))
      .sort((a, b) => b.length - a.length)[0];
  return {
    inMemory: (path) => mounts.get(innermost(path) ?? '') === true,
    isMounted: (path) => innermost(path) !== undefined,
  };
}
