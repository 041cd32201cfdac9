// A repository whose row is open: its tags, asked for once, and what became known of each.
import type { App } from '../../app.ts';
import { Cancelled, messageOf } from '../../model/errors.ts';
import type { TagDetails, TagList } from '../../model/registries/tag.ts';

export interface OpenRepository {
  readonly registry: string;
  readonly name: string;
  /** Rejects with what went wrong. */
  readonly tags: Promise<TagList>;
  /** The same, once it is there. */
  readonly list: TagList | undefined;
  readonly closed: boolean;
  /** Gets the details of a tag, or why they cannot be had. Never rejects. */
  fetch(tag: string): Promise<void>;
  details(tag: string): TagDetails | undefined;
  problem(tag: string): string | undefined;
  /** The tags whose details are there, or cannot be had. */
  known(): string[];
  isKnown(tag: string): boolean;
  /** Ends what is asked for. */
  close(): void;
}

/** Asks for the tags at once. Holds what is known of them until it is closed; the requests end then. */
export function openRepository(
  { catalog, log }: Pick<App, 'catalog' | 'log'>,
  registry: string,
  name: string,
): OpenRepository {
  const stop = new AbortController();
  const details = new Map<string, TagDetails>();
  const problems = new Map<string, string>();
  let list: TagList | undefined;
  return {
    registry,
    name,
    tags: catalog.tags(registry, name, stop.signal).then((tags) => {
      list = tags;
      return tags;
    }),
    get list() {
      return list;
    },
    get closed() {
      return stop.signal.aborted;
    },
    async fetch(tag) {
      try {
        details.set(tag, await catalog.details(registry, name, tag, list?.attached ?? new Map(), stop.signal));
      } catch (error) {
        if (!(error instanceof Cancelled || stop.signal.aborted)) {
          problems.set(tag, messageOf(error));
          log.warn(`${registry}/${name}:${tag}: ${messageOf(error)}`);
        }
      }
    },
    details: (tag) => details.get(tag),
    problem: (tag) => problems.get(tag),
    known: () => [...details.keys(), ...problems.keys()],
    isKnown: (tag) => details.has(tag) || problems.has(tag),
    close: () => stop.abort(),
  };
}
