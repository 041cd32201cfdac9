// The tags of open repositories, and the details of those that are visible.
import type { App } from '../../app.ts';
import { keyOf, type TagElement } from '../../model/elements.ts';
import { type Disposable, Emitter, type Event } from '../../model/event.ts';
import type { TagDetails, TagList } from '../../model/registries/tag.ts';
import { lookUpDates, newestOfFirst } from './dates.ts';
import { newestFirst } from './newestFirst.ts';
import { type OpenRepository, openRepository } from './repository.ts';

export interface Tags extends Disposable {
  /** Watched rows that are to be reported again when they are visible: their details were dropped, or never asked for. */
  readonly onUnseen: Event<readonly string[]>;
  /** The tags of a repository, asked for once as long as it stays open. Rejects with what went wrong. */
  open(registry: string, repository: string): Promise<TagList>;
  /** By date, the dates of the first `maxDated` are looked up, and `redraw` is told when there are more of them. */
  ordered(list: TagList, order: 'version' | 'date'): readonly string[];
  /** Gets the details of a row that is visible; `redraw` is told when they are there. */
  want(tag: TagElement): void;
  details(tag: TagElement): TagDetails | undefined;
  /** Why the details could not be had. */
  problem(tag: TagElement): string | undefined;
  forget(registry: string, repository: string): void;
  /** Of one registry, or of all. */
  forgetAll(registry?: string): void;
}

/** How many tags are looked at to put them in order of their dates. */
export const maxDated = 300;
/** Milliseconds in which details that arrive are drawn together. */
const drawTogether = 60;

/**
 * The tags of the repositories that were opened and not forgotten since. `redraw` is told which rows, by key, have
 * become others. Works until it is disposed of, which ends all requests; throws nothing.
 */
export function createTags(app: Pick<App, 'catalog' | 'log'>, redraw: (keys: string[]) => void): Tags {
  const repositories = new Map<string, OpenRepository>();
  const unseen = new Emitter<readonly string[]>();
  /** Rows of repositories that were dropped: they are wanted again once their repository is open again, and not before. */
  const dropped = new Map<string, readonly string[]>();
  /** Those whose dates are looked up now. */
  const dating = new Set<OpenRepository>();
  const drawing = together(drawTogether, redraw);
  const wishes = newestFirst<TagElement>(keyOf, fetchFor);

  const keyFor = (registry: string, name: string) => keyOf({ type: 'repository', registry, name });
  const repositoryOf = (tag: TagElement) => repositories.get(keyFor(tag.registry, tag.repository));

  /** Nothing for a tag that is known, or whose repository was dropped. */
  function fetchFor(tag: TagElement): Promise<void> | undefined {
    const repository = repositoryOf(tag);
    return !repository || repository.isKnown(tag.name)
      ? undefined
      : repository.fetch(tag.name).then(() => {
          if (!repository.closed) {
            drawing.add(keyOf(tag));
          }
        });
  }

  async function date(repository: OpenRepository, names: readonly string[]): Promise<void> {
    if (!dating.has(repository)) {
      dating.add(repository);
      await lookUpDates(repository, names, () => drawing.add(keyFor(repository.registry, repository.name)));
      dating.delete(repository);
    }
  }

  function drop(key: string): void {
    const repository = repositories.get(key);
    if (!repository) {
      return;
    }
    repository.close();
    repositories.delete(key);
    const { registry, name } = repository;
    const known = repository.known().map((tag): TagElement => ({ type: 'tag', registry, repository: name, name: tag }));
    const wished = wishes.take((tag) => keyFor(tag.registry, tag.repository) === key);
    dropped.set(key, [...known, ...wished].map(keyOf));
  }

  function tellDropped(key: string): void {
    const rows = dropped.get(key);
    dropped.delete(key);
    if (rows) {
      unseen.fire(rows);
    }
  }

  return {
    onUnseen: unseen.event,
    open(registry, name) {
      const key = keyFor(registry, name);
      const known = repositories.get(key);
      if (known) {
        return known.tags;
      }
      const repository = openRepository(app, registry, name);
      repositories.set(key, repository);
      repository.tags.then(
        () => tellDropped(key),
        // What failed is asked for again the next time.
        () => repositories.get(key) === repository && repositories.delete(key),
      );
      return repository.tags;
    },
    ordered(list, order) {
      const repository = [...repositories.values()].find((candidate) => candidate.list === list);
      if (order === 'version' || !repository) {
        return list.tags;
      }
      void date(repository, list.tags.slice(0, maxDated));
      return newestOfFirst(list.tags, maxDated, (name) => repository.details(name)?.created);
    },
    want(tag) {
      const repository = repositoryOf(tag);
      if (repository && !repository.isKnown(tag.name)) {
        const late = wishes.add(tag);
        if (late.length > 0) {
          unseen.fire(late.map(keyOf));
        }
      }
    },
    details: (tag) => repositoryOf(tag)?.details(tag.name),
    problem: (tag) => repositoryOf(tag)?.problem(tag.name),
    forget: (registry, repository) => drop(keyFor(registry, repository)),
    forgetAll(registry) {
      for (const [key, repository] of [...repositories]) {
        if (registry === undefined || repository.registry === registry) {
          drop(key);
        }
      }
    },
    dispose() {
      drawing.dispose();
      for (const key of [...repositories.keys()]) {
        drop(key);
      }
      unseen.dispose();
    },
  };
}

/** Gathers keys, and tells of them together `wait` milliseconds after the first; those still gathered go with it. */
function together(wait: number, tell: (keys: string[]) => void): Disposable & { add(key: string): void } {
  const gathered = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  return {
    add(key) {
      gathered.add(key);
      timer ??= setTimeout(() => {
        timer = undefined;
        const keys = [...gathered];
        gathered.clear();
        tell(keys);
      }, wait);
    },
    dispose: () => clearTimeout(timer),
  };
}
