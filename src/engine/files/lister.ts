// Lists folders of containers without a shell: out of the archive API's tar stream.
import { type FileEntry, type FileListing, joinPath } from '../../model/files/entry.ts';
import type { Transport } from '../connection/transport.ts';
import { listArchive } from './archive.ts';
import { notFolder, notFound } from './failures.ts';
import { follow, lookAt, type Place } from './place.ts';

/** Milliseconds that a listing of a stopped container is kept: it may have taken seconds to get. */
const listingAge = 15_000;
const maxListings = 50;
/** Links of one folder whose ends are asked for one by one. */
const maxLinks = 64;

export interface Lister {
  list(place: Place, signal?: AbortSignal): Promise<FileListing>;
  /** What the link at a path in the place's container leads to; undefined when that is not there, or not the owner's. */
  linkEnd(place: Place, path: string, signal?: AbortSignal): Promise<'file' | 'folder' | undefined>;
  /** What was listed of this container or volume may differ from now on. */
  forget(place: Place): void;
}

/** Gives a lister that remembers the last listings of what does not run. It rejects as `follow` and `listArchive` do. */
export function createLister(transport: Transport): Lister {
  const listings = new Map<string, { until: number; listing: FileListing }>();

  function remember(key: string, listing: FileListing): void {
    const oldest = listings.size >= maxListings ? listings.keys().next().value : undefined;
    if (oldest !== undefined) {
      listings.delete(oldest);
    }
    listings.set(key, { until: Date.now() + listingAge, listing });
  }

  return {
    async list(place, signal) {
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
      const { entries, complete } = await listArchive(transport, place.container, path, signal);
      const listing = { entries: await withLinkEnds(transport, place, path, entries, signal), complete };
      if (!place.running) {
        remember(key, listing);
      }
      return listing;
    },
    linkEnd: (place, path, signal) => linkEnd(transport, place, path, signal),
    forget(place) {
      for (const key of listings.keys()) {
        if (key.startsWith(keyOf(place))) {
          listings.delete(key);
        }
      }
    },
  };
}

/** The entries of a folder with what its links lead to: out of the listing itself where that says it. */
async function withLinkEnds(
  transport: Transport,
  place: Place,
  folder: string,
  entries: readonly FileEntry[],
  signal?: AbortSignal,
): Promise<FileEntry[]> {
  const kinds = new Map(entries.map(({ name, kind }) => [name, kind]));
  const found: FileEntry[] = [];
  let left = maxLinks;
  for (const entry of entries) {
    if (entry.kind !== 'link' || entry.unnameable) {
      found.push(entry);
      continue;
    }
    const sibling = kinds.get(entry.target ?? '');
    const inListing = sibling === 'file' || sibling === 'folder' ? sibling : undefined;
    const leadsTo =
      inListing ?? (left-- > 0 ? await linkEnd(transport, place, joinPath(folder, entry.name), signal) : undefined);
    found.push({ ...entry, ...(leadsTo && { leadsTo }) });
  }
  return found;
}

async function linkEnd(
  transport: Transport,
  place: Place,
  path: string,
  signal?: AbortSignal,
): Promise<'file' | 'folder' | undefined> {
  const { target } = (await lookAt(transport, place.container, path, signal)) ?? {};
  if (target === undefined || place.toOwner(target) === undefined) {
    return undefined;
  }
  const kind = (await lookAt(transport, place.container, target, signal))?.kind;
  return kind === 'file' || kind === 'folder' ? kind : undefined;
}

/** By the owner: a volume is read and changed through different helper containers. No name of a volume or id holds a colon. */
function keyOf({ owner }: Place): string {
  return `${owner.type}:${owner.type === 'volume' ? owner.name : owner.id}:`;
}
