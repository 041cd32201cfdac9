// The tags of open repositories, and the details of those that are in sight.
import type { App } from '../../app.ts';
import { keyOf, type TagElement } from '../../model/elements.ts';
import { Cancelled, messageOf } from '../../model/errors.ts';
import { type Disposable, Emitter, type Event } from '../../model/event.ts';
import type { TagDetails, TagList } from '../../model/registries/tag.ts';

export interface OpenTags {
  list: TagList;
  /** How many tags, the first by version, are looked up when the order is by date. */
  mostDated: number;
}

export interface Tags extends Disposable {
  /** Watched rows that are to be reported again when they are in sight: their details were dropped, or never asked for. */
  readonly onUnseen: Event<readonly string[]>;
  /** The tags of a repository, asked for once as long as it stays open. Rejects with what went wrong. */
  open(registry: string, repository: string): Promise<OpenTags>;
  ordered(open: OpenTags, order: 'version' | 'date'): readonly string[];
  /** Gets the details of a row that is in sight; `redraw` is told when they are there. */
  want(tag: TagElement): void;
  details(tag: TagElement): TagDetails | undefined;
  /** Why the details could not be had. */
  problem(tag: TagElement): string | undefined;
  forget(registry: string, repository: string): void;
  /** Of one registry, or of all. */
  forgetAll(registry?: string): void;
}

/** How many tags are looked at to put them in order of their dates. */
const mostDated = 300;
/** As many tags are asked about at once as the client sends requests. */
const atOnce = 6;
/** More rows than a screen holds: those that wait longer have been scrolled away. */
const mostWaiting = 400;
/** Milliseconds in which details that arrive are drawn together. */
const drawTogether = 60;
/** Milliseconds between two redraws of a whole repository while its dates arrive. */
const reorderAfter = 1000;

interface Repository {
  registry: string;
  name: string;
  stop: AbortController;
  tags: Promise<OpenTags>;
  open?: OpenTags;
  details: Map<string, TagDetails>;
  problems: Map<string, string>;
  /** Keys of the rows whose details are on their way. */
  fetching: Set<string>;
  dating: boolean;
}

export function createTags(app: App, redraw: (keys: string[]) => void): Tags {
  const repositories = new Map<string, Repository>();
  const unseen = new Emitter<readonly string[]>();
  /** The newest wish is the last: it is what a person looks at now. */
  let waiting: TagElement[] = [];
  const running = new Set<string>();
  /** Rows of repositories that were dropped: they are wanted again once their repository is open again, and not before. */
  const dropped = new Map<string, readonly string[]>();
  const toDraw = new Set<string>();
  let drawing: NodeJS.Timeout | undefined;

  const keyFor = (registry: string, repository: string) => keyOf({ type: 'repository', registry, name: repository });
  const repositoryOf = (tag: TagElement) => repositories.get(keyFor(tag.registry, tag.repository));

  function draw(key: string) {
    toDraw.add(key);
    drawing ??= setTimeout(() => {
      drawing = undefined;
      const keys = [...toDraw];
      toDraw.clear();
      redraw(keys);
    }, drawTogether);
  }

  async function fetchDetails(repository: Repository, name: string): Promise<void> {
    const { registry, name: path, stop, open } = repository;
    try {
      const attached = open?.list.attached ?? new Map();
      repository.details.set(name, await app.catalog.details(registry, path, name, attached, stop.signal));
    } catch (error) {
      if (!(error instanceof Cancelled || stop.signal.aborted)) {
        repository.problems.set(name, messageOf(error));
        app.log.warn(`${registry}/${path}:${name}: ${messageOf(error)}`);
      }
    }
  }

  const isKnown = (repository: Repository, name: string) =>
    repository.details.has(name) || repository.problems.has(name);

  function next() {
    while (running.size < atOnce) {
      const tag = waiting.pop();
      if (!tag) {
        return;
      }
      const repository = repositoryOf(tag);
      const key = keyOf(tag);
      if (!repository || isKnown(repository, tag.name) || running.has(key)) {
        continue;
      }
      running.add(key);
      repository.fetching.add(key);
      void fetchDetails(repository, tag.name).then(() => {
        running.delete(key);
        repository.fetching.delete(key);
        if (!repository.stop.signal.aborted) {
          draw(key);
        }
        next();
      });
    }
  }

  /** Looks up the dates of the first tags by version, and puts them in order while they arrive. */
  async function date(repository: Repository, names: readonly string[]): Promise<void> {
    if (repository.dating) {
      return;
    }
    repository.dating = true;
    const left = names.filter((name) => !isKnown(repository, name));
    let drawn = Date.now();
    const worker = async () => {
      for (let name = left.shift(); name !== undefined && !repository.stop.signal.aborted; name = left.shift()) {
        await fetchDetails(repository, name);
        if (Date.now() - drawn > reorderAfter && left.length > 0) {
          drawn = Date.now();
          draw(keyFor(repository.registry, repository.name));
        }
      }
    };
    const any = left.length > 0;
    await Promise.all(Array.from({ length: atOnce }, worker));
    if (any && !repository.stop.signal.aborted) {
      draw(keyFor(repository.registry, repository.name));
    }
    repository.dating = false;
  }

  function drop(key: string) {
    const repository = repositories.get(key);
    if (!repository) {
      return;
    }
    repository.stop.abort();
    repositories.delete(key);
    const isOurs = (tag: TagElement) => keyFor(tag.registry, tag.repository) === key;
    const asked = waiting.filter(isOurs).map(keyOf);
    waiting = waiting.filter((tag) => !isOurs(tag));
    const { registry, name } = repository;
    const names = [...repository.details.keys(), ...repository.problems.keys()];
    const keys = names.map((tag) => keyOf({ type: 'tag', registry, repository: name, name: tag }));
    dropped.set(key, [...keys, ...asked, ...repository.fetching]);
  }

  return {
    onUnseen: unseen.event,
    open(registry, repository) {
      const key = keyFor(registry, repository);
      const known = repositories.get(key);
      if (known) {
        return known.tags;
      }
      const stop = new AbortController();
      const made: Repository = {
        registry,
        name: repository,
        stop,
        tags: app.catalog.tags(registry, repository, stop.signal).then((list) => {
          made.open = { list, mostDated };
          return made.open;
        }),
        details: new Map(),
        problems: new Map(),
        fetching: new Set(),
        dating: false,
      };
      repositories.set(key, made);
      made.tags.then(
        () => {
          const rows = dropped.get(key);
          dropped.delete(key);
          if (rows) {
            unseen.fire(rows);
          }
        },
        // What failed is asked for again the next time.
        () => repositories.get(key) === made && repositories.delete(key),
      );
      return made.tags;
    },
    ordered(open, order) {
      const { tags } = open.list;
      const repository = [...repositories.values()].find((candidate) => candidate.open === open);
      if (order === 'version' || !repository) {
        return tags;
      }
      const first = tags.slice(0, mostDated);
      void date(repository, first);
      const created = (name: string) => repository.details.get(name)?.created ?? Number.NEGATIVE_INFINITY;
      // The sort is stable, so that tags without a date stay in order of their versions.
      return [...first.sort((a, b) => sign(created(b), created(a))), ...tags.slice(mostDated)];
    },
    want(tag) {
      const repository = repositoryOf(tag);
      if (!repository || isKnown(repository, tag.name)) {
        return;
      }
      waiting.push(tag);
      if (waiting.length > mostWaiting) {
        const dropped = waiting.splice(0, waiting.length - mostWaiting);
        unseen.fire(dropped.map(keyOf));
      }
      next();
    },
    details: (tag) => repositoryOf(tag)?.details.get(tag.name),
    problem: (tag) => repositoryOf(tag)?.problems.get(tag.name),
    forget: (registry, repository) => drop(keyFor(registry, repository)),
    forgetAll(registry) {
      for (const [key, repository] of [...repositories]) {
        if (registry === undefined || repository.registry === registry) {
          drop(key);
        }
      }
    },
    dispose() {
      clearTimeout(drawing);
      for (const key of [...repositories.keys()]) {
        drop(key);
      }
      unseen.dispose();
    },
  };
}

function sign(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
