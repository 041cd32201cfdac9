// Files of containers and volumes: each act done in the way that the container's state allows.
import { Cancelled, UserError } from '../../model/errors.ts';
import { Emitter } from '../../model/event.ts';
import {
  baseName,
  type FileChange,
  type FileEntry,
  type FileListing,
  isWithin,
  parentPath,
} from '../../model/files/entry.ts';
import type { UnsafeSave } from '../../model/files/unsafeSave.ts';
import { t } from '../../model/l10n.ts';
import type { Transport } from '../connection/transport.ts';
import {
  createFolderInside,
  type FileClient,
  type Inside,
  listInside,
  readInside,
  removeInside,
  renameInside,
  statInside,
  writeInside,
} from '../exec/capture.ts';
import { openArchive, putArchive, readContent, statPath } from './archive.ts';
import { exists, inMemory, isFolder, notFile, notFound, shown } from './failures.ts';
import { type Confirm, createHelpers } from './helperContainers.ts';
import { createLister } from './lister.ts';
import { rightsOf } from './owner.ts';
import { createPlaces, follow, lookAt, type Place } from './place.ts';
import { resolveInside, saveInside } from './save.ts';
import { readTar } from './tar.ts';
import { createTransfers } from './transfers.ts';
import type { Files } from './types.ts';

/** `confirm` asks a person before an image that is not an official one is run to reach the files of a volume; without it none is. */
export function createFiles(client: FileClient, transport: Transport, confirm?: Confirm): Files {
  const helpers = createHelpers(client, transport, confirm);
  const places = createPlaces(client, transport, helpers);
  const lister = createLister(transport);

  const changed = new Emitter<readonly FileChange[]>();

  /** What was listed of a container or volume may differ from now on. */
  function touched(place: Place, ...changes: [path: string, change: FileChange['change']][]): void {
    lister.forget(place);
    changed.fire(changes.map(([path, change]) => ({ owner: place.owner, path: place.toOwner(path) ?? path, change })));
  }

  async function putFile(place: Place, path: string, content: Uint8Array, isNew: boolean): Promise<void> {
    const { uid, gid, mode } = await (isNew
      ? rightsOf(transport, place, parentPath(path), 'folder')
      : rightsOf(transport, place, path, 'file'));
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

  /** Resolves with whether the file was written as it is, because it could not be replaced. */
  async function save(
    place: Place,
    path: string,
    content: Uint8Array,
    { isNew, signal, askUnsafe, ...options }: SaveOptions,
  ): Promise<boolean> {
    const inside = options.inside ?? (await allowed(place));
    if (inside && isOfKernel(path)) {
      await writeInside(inside, path, content);
      return false;
    }
    const done = inside && (await saveInside(inside, path, content, signal));
    if (done === 'replaced' || done === 'in-place') {
      return done === 'in-place';
    }
    if (!isNew) {
      await askUnsafe?.(inside || place.running ? 'no-shell' : place.owner.type === 'volume' ? 'no-helper' : 'stopped');
    }
    if (inside && (done === 'only-in-place' || options.inside)) {
      await writeInside(inside, path, content);
      return true;
    }
    await putFile(place, path, content, isNew);
    return false;
  }

  /** What is at the end of a path, links followed; `inside` is the way to it when the archive API does not see it. */
  async function locate(
    place: Place,
    signal?: AbortSignal,
  ): Promise<{ entry: FileEntry | undefined; path: string; inside?: Inside }> {
    const found = place.inMemory(place.path) ? undefined : await follow(transport, place, signal);
    if (found && !place.inMemory(found.path)) {
      return found;
    }
    const inside = await place.inside();
    if (!inside) {
      throw inMemory(found?.path ?? place.path);
    }
    const path = await resolveInside(inside, found?.path ?? place.path, signal);
    return { entry: await statInside(inside, path, signal), path, inside };
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
    ...createTransfers({ client, transport, places, helpers, touched }),

    stat: (owner, path, { signal } = {}) =>
      places.at(owner, path, async (place) => {
        const inside = place.inMemory(place.path) ? await place.inside() : undefined;
        if (inside) {
          const entry = await statInside(inside, place.path, signal);
          if (entry) {
            return entry;
          }
          throw notFound(path);
        }
        const entry = await statPath(transport, place.container, place.path, signal);
        if (entry.target === undefined) {
          return { ...entry, name: baseName(place.toOwner(place.path) ?? '/') };
        }
        const leadsTo = await lister.linkEnd(place, place.path, signal);
        return { ...entry, target: place.toOwner(entry.target) ?? entry.target, ...(leadsTo && { leadsTo }) };
      }),

    list: (owner, path, { signal } = {}) =>
      places.at(owner, path, async (place) => {
        const inside = place.running ? await place.inside() : undefined;
        if (place.running && !inside && place.inMemory(place.path)) {
          throw inMemory(path);
        }
        const listed = inside && (await listInside(inside, place.path, { signal }));
        if (listed) {
          return sorted(listed);
        }
        const listing = await lister.list(place, signal);
        if (!listing.complete && owner.type === 'volume') {
          // Too large for its tar stream; a helper with a shell can look without reading everything.
          const helper = await allowed(place);
          const whole = helper && (await listInside(helper, place.path, { signal }));
          return sorted(whole ?? listing);
        }
        return sorted(listing);
      }),

    read: (owner, path, { limit, signal }) =>
      places.at(owner, path, async (place) => {
        const { entry, path: real, inside } = await locate(place, signal);
        // Reading a pipe or a terminal would wait for ever.
        checkFile(entry, path);
        if (inside) {
          // The files of the kernel say that they have no bytes.
          const content = await readInside(inside, real, limit + 1, signal);
          if (content.length > limit) {
            throw tooLarge(path);
          }
          return content;
        }
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

    write: (owner, path, content, { create, overwrite, signal, askUnsafe }) =>
      places.at(
        owner,
        path,
        async (place) => {
          if (signal?.aborted) {
            throw new Cancelled();
          }
          const { entry, path: real, inside } = await locate(place, signal);
          if (!entry && !create) {
            throw notFound(path);
          }
          if (entry && !overwrite) {
            throw exists(path);
          }
          if (entry) {
            checkFile(entry, path);
          }
          const inPlace = await save(place, real, content, { isNew: !entry, inside, signal, askUnsafe });
          touched(place, [place.path, entry ? 'changed' : 'created']);
          return { inPlace };
        },
        'write',
      ),

    createFolder: (owner, path) =>
      places.at(
        owner,
        path,
        async (place) => {
          if (place.inMemory(place.path)) {
            await createFolderInside(await commands(place), place.path);
            touched(place, [place.path, 'created']);
            return;
          }
          if (await lookAt(transport, place.container, place.path)) {
            throw exists(path);
          }
          const parent = parentPath(place.path);
          const { uid, gid } = await rightsOf(transport, place, parent, 'folder');
          await putArchive(transport, place.container, parent, [
            { name: baseName(place.path), kind: 'folder', mode: 0o755, uid, gid, modified: Date.now() },
          ]);
          touched(place, [place.path, 'created']);
        },
        'write',
      ),

    remove: (owner, path, { recursive }) =>
      places.at(
        owner,
        path,
        async (place) => {
          if (place.toOwner(place.path) === '/') {
            throw wholeOwner();
          }
          await removeInside(await commands(place), place.path, recursive);
          touched(place, [place.path, 'deleted']);
        },
        'write',
      ),

    rename: (owner, from, to, { overwrite }) =>
      places.at(
        owner,
        from,
        (place) =>
          places.at(
            owner,
            to,
            async (end) => {
              if ([place, end].some(({ path, toOwner }) => toOwner(path) === '/') || isWithin(end.path, place.path)) {
                throw place.path === end.path ? exists(to) : wholeOwner();
              }
              await renameInside(await commands(place), place.path, end.path, overwrite);
              touched(place, [place.path, 'deleted'], [end.path, 'created']);
            },
            'write',
          ),
        'write',
      ),

    sweep: () => helpers.sweep(),
    release: (volume) => helpers.release(volume),
    async dispose() {
      changed.dispose();
      await helpers.dispose();
    },
  };
}

/** The way to run commands, unless there is none or the person does not want it. */
async function allowed(place: Place): Promise<Inside | undefined> {
  try {
    return await place.inside();
  } catch (error) {
    if (error instanceof UserError && error.code === 'foreign-helper') {
      return undefined;
    }
    throw error;
  }
}

interface SaveOptions {
  isNew: boolean;
  /** The way to a file that the archive API does not see. */
  inside: Inside | undefined;
  signal: AbortSignal | undefined;
  askUnsafe: ((why: UnsafeSave) => Promise<void>) | undefined;
}

/** Such files are switches: what is written to them is not kept, and nothing can be put beside them. */
function isOfKernel(path: string): boolean {
  return isWithin(path, '/proc') || isWithin(path, '/sys');
}

function checkFile(entry: FileEntry | undefined, path: string): asserts entry is FileEntry {
  const kind = entry?.kind === 'link' ? entry.leadsTo : entry?.kind;
  switch (kind) {
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
