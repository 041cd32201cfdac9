// Files of containers and volumes: each operation, given the place of its path, and told to who listens.

import path from 'node:path';
import { Emitter } from '../../model/event.ts';
import { type FileChange, type FileOwner, joinPath } from '../../model/files/entry.ts';
import type { Transport } from '../connection/transport.ts';
import { cancellable } from './failures.ts';
import type { Access, Confirm } from './helperContainers/consent.ts';
import { createHelperContainers } from './helperContainers/pool.ts';
import { createLister } from './lister.ts';
import { removeFile, renameFile } from './move.ts';
import { createPlaces, type Place } from './place.ts';
import { listFolder, readFile, statFile } from './read.ts';
import { download } from './transfers/download.ts';
import { upload } from './transfers/upload.ts';
import { backupVolume, restoreVolume } from './transfers/volumes.ts';
import type { FileClient, Files } from './types.ts';
import { createFolder, writeFile } from './write.ts';

/**
 * Gives the files of one engine, until it is disposed of. `Files` says what each method rejects with. `confirm` asks a
 * person before an image that is not an official one is run to reach the files of a volume; without it none is.
 */
export function createFiles(client: FileClient, transport: Transport, confirm?: Confirm): Files {
  const helperContainers = createHelperContainers(client, transport, confirm);
  const places = createPlaces(client, transport, helperContainers);
  const lister = createLister(transport);
  const changed = new Emitter<readonly FileChange[]>();

  const change = <T>(owner: FileOwner, file: string, work: (place: Place) => Promise<T>) =>
    places.at(owner, file, work, 'write' satisfies Access);

  /** What was listed of a container or volume may differ from now on. */
  function touched(place: Place, ...changes: [path: string, change: FileChange['change']][]): void {
    lister.forget(place);
    changed.fire(
      changes.map(([file, what]) => ({ owner: place.owner, path: place.toOwner(file) ?? file, change: what })),
    );
  }

  return {
    onChange: changed.event,
    stat: (owner, file, { signal } = {}) =>
      places.at(owner, file, (place) => statFile(transport, lister, place, file, signal)),
    list: (owner, folder, { signal } = {}) =>
      places.at(owner, folder, (place) => listFolder(lister, place, folder, signal)),
    read: (owner, file, options) => places.at(owner, file, (place) => readFile(transport, place, file, options)),
    write: (owner, file, content, options) =>
      change(owner, file, async (place) => {
        const written = await writeFile(transport, place, file, content, options);
        touched(place, [place.path, written.change]);
        return { inPlace: written.inPlace };
      }),
    createFolder: (owner, folder) =>
      change(owner, folder, async (place) => {
        await createFolder(transport, place, folder);
        touched(place, [place.path, 'created']);
      }),
    remove: (owner, file, { recursive }) =>
      change(owner, file, async (place) => {
        await removeFile(place, recursive);
        touched(place, [place.path, 'deleted']);
      }),
    rename: (owner, from, to, { overwrite }) =>
      change(owner, from, (place) =>
        change(owner, to, async (end) => {
          await renameFile(place, end, to, overwrite);
          touched(place, [place.path, 'deleted'], [end.path, 'created']);
        }),
      ),
    download: (owner, from, to, options) =>
      places.at(owner, from, (place) =>
        cancellable(options.signal, () => download(transport, place, from, to, options)),
      ),
    upload: (owner, folder, from, options) =>
      change(owner, folder, (place) =>
        cancellable(options.signal, async () => {
          const result = await upload(transport, place, folder, from, options);
          // Whether a file of that name was there before is not known.
          touched(
            place,
            ...from.map((file): [string, 'created'] => [joinPath(place.path, path.basename(file)), 'created']),
          );
          return result;
        }),
      ),
    backup: (volume, to, options) => backupVolume({ client, transport, helperContainers }, volume, to, options),
    restore: (volume, from, options) => restoreVolume({ client, transport, helperContainers }, volume, from, options),
    sweep: () => helperContainers.sweep(),
    release: (volume) => helperContainers.release(volume),
    async dispose() {
      changed.dispose();
      await helperContainers.dispose();
    },
  };
}
