// Files of containers and volumes: each act done in the way that the container's state allows.
import { Cancelled, UserError } from '../model/errors.ts';
import { Emitter } from '../model/event.ts';
import {
  baseName,
  type FileChange,
  type FileEntry,
  type FileListing,
  isWithin,
  joinPath,
  parentPath,
} from '../model/files.ts';
import { t } from '../model/l10n.ts';
import { headerOf, listArchive, openArchive, putArchive, readContent, statPath } from './archive.ts';
import { exists, inMemory, isFolder, notFile, notFolder, notFound, shown } from './fileErrors.ts';
import type { Files } from './fileTypes.ts';
import { createHelpers } from './helper.ts';
import {
  createFolderInside,
  type FileClient,
  type Inside,
  listInside,
  readInside,
  removeInside,
  renameInside,
  writeInside,
} from './inside.ts';
import { createPlaces, follow, lookAt, type Place } from './place.ts';
import { readTar } from './tar.ts';
import { createTransfers } from './transfers.ts';
import type { Transport } from './transport.ts';

/** Milliseconds that a listing out of a tar stream is kept: it may have taken seconds to get. */
const keepListing = 15_000;
const keptListings = 50;
/** Links of one folder whose ends are asked for one by one. */
const askedLinks = 64;

export function createFiles(client: FileClient, transport: Transport): Files {
  const helpers = createHelpers(client, transport);
  const places = createPlaces(client, transport, helpers);
  const listings = new Map<string, { until: number; listing: FileListing }>();

  const changed = new Emitter<readonly FileChange[]>();

  /** What was listed of a container or volume may differ from now on. */
  function touched(place: Place, ...changes: [path: string, change: FileChange['change']][]): void {
    for (const key of listings.keys()) {
      if (key.startsWith(`${place.container}:`)) {
        listings.delete(key);
      }
    }
    changed.fire(changes.map(([path, change]) => ({ owner: place.owner, path: place.toOwner(path) ?? path, change })));
  }

  async function listFromArchive(place: Place, signal?: AbortSignal): Promise<FileListing> {
    const { entry, path } = await follow(transport, place, signal);
    if (!entry) {
      throw notFound(place.path);
    }
    if (entry.kind !== 'folder') {
      throw notFolder(place.path);
    }
    const key = `${place.container}:${path}`;
    const known = listings.get(key);
    if (known && known.until > Date.now()) {
      return known.listing;
    }
    const listing = await listArchive(transport, place.container, path, signal);
    await findEnds(place, path, listing.entries, signal);
    const oldest = listings.size >= keptListings ? listings.keys().next().value : undefined;
    if (oldest !== undefined) {
      listings.delete(oldest);
    }
    listings.set(key, { until: Date.now() + keepListing, listing });
    return listing;
  }

  /** What the links in a folder lead to: out of the listing itself where that says it. */
  async function findEnds(place: Place, folder: string, entries: FileEntry[], signal?: AbortSignal): Promise<void> {
    const here = new Map(entries.map((entry) => [entry.name, entry]));
    let left = askedLinks;
    for (const entry of entries) {
      if (entry.kind !== 'link' || entry.unnameable) {
        continue;
      }
      const sibling = here.get(entry.target ?? '');
      if (sibling?.kind === 'file' || sibling?.kind === 'folder') {
        entry.leadsTo = sibling.kind;
      } else if (left-- > 0) {
        const end = await linkEnd(place, joinPath(folder, entry.name), signal);
        if (end) {
          entry.leadsTo = end;
        }
      }
    }
  }

  async function linkEnd(place: Place, path: string, signal?: AbortSignal): Promise<'file' | 'folder' | undefined> {
    const { target } = (await lookAt(transport, place.container, path, signal)) ?? {};
    if (target === undefined || place.toOwner(target) === undefined) {
      return undefined;
    }
    const kind = (await lookAt(transport, place.container, target, signal))?.kind;
    return kind === 'file' || kind === 'folder' ? kind : undefined;
  }

  async function putFile(place: Place, path: string, content: Uint8Array, isNew: boolean): Promise<void> {
    const { uid, gid, mode } = await headerOf(transport, place.container, isNew ? inFolder(parentPath(path)) : path);
    const file = {
      name: baseName(path),
      kind: 'file' as const,
      mode: isNew ? 0o644 : mode,
      uid,
      gid,
      modified: Date.now(),
      size: content.length,
      content: [content],
    };
    try {
      await putArchive(transport, place.container, parentPath(path), [file]);
    } catch (error) {
      // A file that is mounted by itself, as /etc/hosts, can be written into but not replaced.
      const busy = error instanceof Error && /resource busy/i.test(error.message);
      const inside = busy ? await place.inside() : undefined;
      if (!inside) {
        throw busy ? mountedFile(path) : error;
      }
      await writeInside(inside, path, content);
    }
  }

  /** A way to run commands, or the sentence that says why there is none. */
  async function commands(place: Place): Promise<Inside> {
    const inside = await place.inside();
    if (!inside) {
      throw cannotRun(place);
    }
    return inside;
  }

  return {
    onChange: changed.event,
    ...createTransfers({ transport, places, helpers, touched }),

    stat: (owner, path, { signal } = {}) =>
      places.at(owner, path, async (place) => {
        const inside = place.memory ? await place.inside() : undefined;
        if (inside && place.path !== '/') {
          const name = baseName(place.path);
          const listing = await listInside(inside, parentPath(place.path), { name, signal });
          const entry = listing?.entries.find((found) => found.name === name);
          if (entry) {
            return entry;
          }
          throw notFound(path);
        }
        const entry = await statPath(transport, place.container, place.path, signal);
        if (entry.target === undefined) {
          return { ...entry, name: baseName(place.toOwner(place.path) ?? '/') };
        }
        const leadsTo = await linkEnd(place, place.path, signal);
        return { ...entry, target: place.toOwner(entry.target) ?? entry.target, ...(leadsTo && { leadsTo }) };
      }),

    list: (owner, path, { signal } = {}) =>
      places.at(owner, path, async (place) => {
        const inside = place.running ? await place.inside() : undefined;
        if (place.memory && place.running && !inside) {
          throw inMemory(path);
        }
        const listed = inside && (await listInside(inside, place.path, { signal }));
        if (listed) {
          return sorted(listed);
        }
        const listing = await listFromArchive(place, signal);
        if (!listing.complete && owner.type === 'volume') {
          // Too large for its tar stream; a helper with a shell can look without reading everything.
          const helper = await place.inside();
          const whole = helper && (await listInside(helper, place.path, { signal }));
          return sorted(whole ?? listing);
        }
        return sorted(listing);
      }),

    read: (owner, path, { limit, signal }) =>
      places.at(owner, path, async (place) => {
        if (place.memory && place.running) {
          const inside = await place.inside();
          if (!inside) {
            throw inMemory(path);
          }
          const content = await readInside(inside, place.path, limit + 1, signal);
          if (content.length > limit) {
            throw tooLarge(path);
          }
          return content;
        }
        const { entry, path: real } = await follow(transport, place, signal);
        checkFile(entry, path);
        if (entry.size > limit) {
          throw tooLarge(path);
        }
        for await (const found of readTar(await openArchive(transport, place.container, real, signal))) {
          const content = await readContent(found, limit);
          if (!content) {
            throw tooLarge(path);
          }
          return content;
        }
        throw notFound(path);
      }),

    write: (owner, path, content, { create, overwrite, signal }) =>
      places.at(owner, path, async (place) => {
        if (signal?.aborted) {
          throw new Cancelled();
        }
        const inside = place.memory ? await place.inside() : undefined;
        if (place.memory && !inside) {
          throw inMemory(path);
        }
        const { entry, path: real } = await follow(transport, place, signal);
        if (!entry && !create && !inside) {
          throw notFound(path);
        }
        if (entry && !overwrite) {
          throw exists(path);
        }
        if (inside) {
          await writeInside(inside, place.path, content);
        } else {
          if (entry) {
            checkFile(entry, path);
          }
          await putFile(place, real, content, !entry);
        }
        touched(place, [place.path, entry ? 'changed' : 'created']);
      }),

    createFolder: (owner, path) =>
      places.at(owner, path, async (place) => {
        if (place.memory) {
          await createFolderInside(await commands(place), place.path);
          touched(place, [place.path, 'created']);
          return;
        }
        if (await lookAt(transport, place.container, place.path)) {
          throw exists(path);
        }
        const parent = parentPath(place.path);
        const { uid, gid } = await headerOf(transport, place.container, inFolder(parent));
        await putArchive(transport, place.container, parent, [
          { name: baseName(place.path), kind: 'folder', mode: 0o755, uid, gid, modified: Date.now() },
        ]);
        touched(place, [place.path, 'created']);
      }),

    remove: (owner, path, { recursive }) =>
      places.at(owner, path, async (place) => {
        if (place.toOwner(place.path) === '/') {
          throw wholeOwner();
        }
        await removeInside(await commands(place), place.path, recursive);
        touched(place, [place.path, 'deleted']);
      }),

    rename: (owner, from, to, { overwrite }) =>
      places.at(owner, from, (place) =>
        places.at(owner, to, async (end) => {
          if ([place, end].some(({ path, toOwner }) => toOwner(path) === '/') || isWithin(end.path, place.path)) {
            throw place.path === end.path ? exists(to) : wholeOwner();
          }
          await renameInside(await commands(place), place.path, end.path, overwrite);
          touched(place, [place.path, 'deleted'], [end.path, 'created']);
        }),
      ),

    sweep: () => helpers.sweep(),
    release: (volume) => helpers.release(volume),
    async dispose() {
      changed.dispose();
      await helpers.dispose();
    },
  };
}

/** A folder's own entry comes first in the archive of `folder/.`, and a link to a folder is followed. */
function inFolder(folder: string): string {
  return folder === '/' ? '/.' : `${folder}/.`;
}

function checkFile(entry: FileEntry | undefined, path: string): asserts entry is FileEntry {
  switch (entry?.kind) {
    case 'file':
      return;
    case 'folder':
      throw isFolder(path);
    case 'other':
      throw notFile(path);
    default:
      throw notFound(path);
  }
}

/** Folders first, then by name, as file explorers show them. */
function sorted({ entries, complete }: FileListing): FileListing {
  const rank = ({ kind, leadsTo }: FileEntry) => (kind === 'folder' || leadsTo === 'folder' ? 0 : 1);
  return { entries: [...entries].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name)), complete };
}

function cannotRun({ owner, running }: Place): UserError {
  if (owner.type === 'volume') {
    return new UserError(
      'no-shell',
      t(
        'The engine itself cannot delete or rename files. Docknotes does it with a helper container, and no image on this engine has a shell for that. Pull a small image, for example busybox.',
      ),
      { actions: [{ label: t('Pull busybox'), command: 'docknotes.pullImage', args: ['busybox'] }] },
    );
  }
  return running
    ? new UserError(
        'no-shell',
        t(
          'The engine itself cannot delete or rename files. Docknotes does it with the shell of the container, and this container has none. Change the image, or keep such files in a volume.',
        ),
      )
    : new UserError(
        'start-first',
        t(
          'The engine itself cannot delete or rename files. Docknotes does it with the shell of the container, so the container must be running. Start it and try again.',
        ),
        { actions: [{ label: t('Start'), command: 'docknotes.startContainer', args: [owner.id] }] },
      );
}

function tooLarge(path: string): UserError {
  return new UserError('file-too-large', t('{0} is too large to open. Download it instead.', shown(path)));
}

function mountedFile(path: string): UserError {
  return new UserError(
    'mounted-file',
    t('{0} is mounted into the container and can be changed only while a container with a shell runs.', shown(path)),
  );
}

function wholeOwner(): UserError {
  return new UserError(
    'not-possible',
    t('A folder cannot be moved into itself, and the root cannot be moved or deleted.'),
  );
}
