// Lists folders of containers that cannot be asked from inside: out of the archive API's tar stream.
import { type FileEntry, type FileListing, joinPath } from '../../model/files/entry.ts';
import type { Transport } from '../connection/transport.ts';
import { listArchive } from './archive.ts';
import { notFolder, notFound } from './failures.ts';
import { follow, lookAt, type Place } from './place.ts';

/** Milliseconds that a listing of a stopped container is kept: it may have taken seconds to get. */
const keepListing = 15_000;
const keptListings = 50;
/** Links of one folder whose ends are asked for one by one. */
const askedLinks = 64;

export interface Lister {
  list(place: Place, signal?: AbortSignal): Promise<FileListing>;
  /** What the link at a path in the place's container leads to; undefined when that is not there, or not the owner's. */
  linkEnd(place: Place, path: string, signal?: AbortSignal): Promise<'file' | 'folder' | undefined>;
  /** What was listed of this container or volume may differ from now on. */
  forget(place: Place): void;
}

export function createLister(transport: Transport): Lister {
  const listings = new Map<string, { until: number; listing: FileListing }>();

  async function list(place: Place, signal?: AbortSignal): Promise<FileListing> {
    const { entry, path } = await follow(transport, place, signal);
    if (!entry) {
      throw notFound(place.path);
    }
    if (entry.kind !== 'folder') {
      throw notFolder(place.path);
    }
    const key = `${keyOf(place)}${path}`;
    const known = listings.get(key);
    if (known && known.until > Date.now()) {
      return known.listing;
    }
    const listing = await listArchive(transport, place.container, path, signal);
    await findEnds(place, path, listing.entries, signal);
    if (!place.running) {
      const oldest = listings.size >= keptListings ? listings.keys().next().value : undefined;
      if (oldest !== undefined) {
        listings.delete(oldest);
      }
      listings.set(key, { until: Date.now() + keepListing, listing });
    }
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

  return {
    list,
    linkEnd,
    forget(place) {
      for (const key of listings.keys()) {
        if (key.startsWith(keyOf(place))) {
          listings.delete(key);
        }
      }
    },
  };
}

/** By the owner: a volume is read and changed through different helpers. No name of a volume or id holds a colon. */
function keyOf({ owner }: Place): string {
  return `${owner.type}:${owner.type === 'volume' ? owner.name : owner.id}:`;
}
