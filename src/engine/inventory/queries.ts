// How each kind of object is asked for: all of them, or some by key.

import { forEachConcurrently } from '../../model/concurrent.ts';
import { helperLabel } from '../../model/containers/helpers.ts';
import { EngineError } from '../../model/engines/error.ts';
import type { Container, Image, Kind, Objects } from '../../model/objects.ts';
import { fields, list } from '../../model/untyped.ts';
import { imagePath, type Transport } from '../connection/transport.ts';
import { anyUntagged } from './events.ts';
import { type Read, readContainer, readImage, readNetwork, readVolume } from './records.ts';

/** Milliseconds for a list. An engine can answer its ping and still hang here. */
const listTimeout = 20_000;
/** Keys in one request: they are part of its address. */
const keysAtOnce = 100;
/** Inspections of images that run at the same time. */
const maxInspections = 6;

export interface Source<T> {
  key(object: T): string;
  read(raw: unknown): Read<T>;
  /** Gives raw records of all objects, some at a time; resolves once these were all. */
  all(transport: Transport, take: (records: unknown[]) => void): Promise<void>;
  /**
   * Raw records of the objects with these keys, and of others that must have changed with them.
   * A key of `known` that was asked for and has no record is gone; so are those in `gone`.
   */
  some(
    transport: Transport,
    keys: readonly string[],
    known: ReadonlyMap<string, T>,
  ): Promise<{ records: unknown[]; gone: string[] }>;
}

export const sources: { readonly [K in Kind]: Source<Objects[K]> } = {
  containers: withoutHelpers(
    filtered({ path: '/containers/json', query: { all: true } }, 'id', ({ id }) => id, readContainer),
  ),
  volumes: {
    ...filtered({ path: '/volumes' }, 'name', ({ name }) => name, readVolume),
    // They come inside an object.
    all: async (transport, take) => take(await ask(transport, '/volumes')),
  },
  networks: filtered({ path: '/networks' }, 'id', ({ id }) => id, readNetwork),
  images: {
    key: ({ id }) => id,
    read: readImage,
    all: (transport, take) => transport.elements({ method: 'GET', path: '/images/json', timeout: listTimeout }, take),
    some: someImages,
  },
};

async function ask(transport: Transport, path: string, query: Record<string, unknown> = {}): Promise<unknown[]> {
  const answer = await transport.json({ method: 'GET', path, query, timeout: listTimeout });
  // Volumes come in an object, which has null for none.
  return Array.isArray(answer) ? answer : list(fields(answer).Volumes);
}

/** What Docknotes makes for a moment comes and goes unseen. */
function withoutHelpers(source: Source<Container>): Source<Container> {
  const seen = (raw: unknown) => fields(fields(raw).Labels)[helperLabel] !== 'true';
  return {
    ...source,
    all: (transport, take) => source.all(transport, (records) => take(records.filter(seen))),
    async some(transport, keys, known) {
      const { records, gone } = await source.some(transport, keys, known);
      return { records: records.filter(seen), gone };
    },
  };
}

/** A kind whose list can be cut down to given keys. Such filters may find more (parts of names match), never less. */
function filtered<T>(
  { path, query = {} }: { path: string; query?: Record<string, unknown> },
  filter: string,
  key: (object: T) => string,
  read: (raw: unknown) => Read<T>,
): Source<T> {
  return {
    key,
    read,
    all: (transport, take) => transport.elements({ method: 'GET', path, query, timeout: listTimeout }, take),
    async some(transport, keys) {
      let records: unknown[] = [];
      for (let at = 0; at < keys.length; at += keysAtOnce) {
        const filters = { [filter]: keys.slice(at, at + keysAtOnce) };
        records = records.concat(await ask(transport, path, { ...query, filters }));
      }
      const wanted = new Set(keys);
      return {
        records: records.filter((raw) => {
          const { object } = read(raw);
          return object === undefined || wanted.has(key(object));
        }),
        gone: [],
      };
    },
  };
}

/**
 * Images cannot be listed by id, and a list by reference leaves out an image's other tags, so each is inspected.
 * No event tells that an image lost its tag to another one: the owner of a tag that came is looked at, too.
 * An image without tags is in the list only when no other image is built on it, so these are looked up there.
 */
async function someImages(
  transport: Transport,
  keys: readonly string[],
  known: ReadonlyMap<string, Image>,
): Promise<{ records: unknown[]; gone: string[] }> {
  const everyUntagged = keys.includes(anyUntagged);
  const found = await inspectImages(
    transport,
    keys.filter((key) => key !== anyUntagged),
  );
  const tags = new Set(found.flatMap((raw) => readImage(raw).object?.tags ?? []));
  const ids = new Set(found.map((raw) => readImage(raw).object?.id));
  const losers = [...known.values()].filter(({ id, tags: old }) => !ids.has(id) && old.some((tag) => tags.has(tag)));
  const all = [
    ...found,
    ...(await inspectImages(
      transport,
      losers.map(({ id }) => id),
    )),
  ];
  const untagged = all.filter((raw) => readImage(raw).object?.tags.length === 0);
  let gone = losers.map(({ id }) => id).filter((id) => !all.some((raw) => readImage(raw).object?.id === id));
  if (untagged.length === 0 && !everyUntagged) {
    return { records: all, gone };
  }
  const dangling = await ask(transport, '/images/json', { filters: { dangling: ['true'] } });
  const shown = new Set(dangling.map((raw) => readImage(raw).object?.id));
  const hidden = new Set(untagged.filter((raw) => !shown.has(readImage(raw).object?.id)));
  let records = all.filter((raw) => !hidden.has(raw));
  gone = gone.concat([...hidden].flatMap((raw) => readImage(raw).object?.id ?? []));
  if (everyUntagged) {
    const inspected = new Set(all.map((raw) => readImage(raw).object?.id));
    records = records.concat(dangling.filter((raw) => !inspected.has(readImage(raw).object?.id)));
    const left = [...known.values()].filter(({ id, tags: own }) => own.length === 0 && !shown.has(id));
    gone = gone.concat(left.map(({ id }) => id));
  }
  return { records, gone };
}

/** The inspections of those images that are there. */
async function inspectImages(transport: Transport, names: readonly string[]): Promise<unknown[]> {
  const records: unknown[] = [];
  await forEachConcurrently(names, maxInspections, async (name) => {
    try {
      const path = `/images/${imagePath(name)}/json`;
      records.push(await transport.json({ method: 'GET', path, timeout: listTimeout }));
    } catch (error) {
      if (!(error instanceof EngineError && error.status === 404)) {
        throw error;
      }
    }
  });
  return records;
}
