// The repositories of all registries: their lists, what was added to them by name, and what is known of tags.
import { type Disposable, Emitter, type Event } from '../../model/event.ts';
import { isPattern } from '../../model/registries/names.ts';
import type { SharedState } from '../../model/state.ts';
import type { Listing } from './listState.ts';
import { createLists } from './lists.ts';
import type { Registries, RegistryChange } from './registries.ts';
import { type AddedNames, createByHand, matching } from './stored/byHand.ts';
import type { SavedLists } from './stored/listFiles.ts';
import { createTagReading, type TagReading } from './tagReading.ts';

export type { AddedNames, Listing };

/** The lists of repositories. */
export interface RepositoryLists {
  /** As the change of a registry; without `registry`, the registries or the filter changed. */
  readonly onChange: Event<RegistryChange>;
  /** What the names are filtered by; empty shows all. */
  readonly filter: string;
  setFilter(text: string): void;
  /** What memory has; starts nothing. */
  peek(registry: string): Listing | undefined;
  /** Lists a registry, or joins the listing under way; resolves once there is something to show. Never rejects. */
  open(registry: string): Promise<Listing>;
  /** Nobody looks any more: a listing under way stops. */
  close(registry: string): void;
}

export interface Catalog extends RepositoryLists, AddedNames, TagReading, Disposable {}

export interface CatalogHost {
  registries: Pick<Registries, 'list' | 'onChange' | 'repositories' | 'tags' | 'client'>;
  savedLists: SavedLists;
  /** Keeps what was added by hand. */
  state: SharedState;
  /** References of the engine's images, which patterns are matched with where a registry has no list. */
  localImages(): Promise<readonly string[]>;
  log: { warn(message: string): void };
}

/** Follows the registries from now on, and asks one of them when its list is opened. Throws nothing. */
export function createCatalog({ registries, savedLists, state, localImages, log }: CatalogHost): Catalog {
  const changed = new Emitter<RegistryChange>();
  const byHand = createByHand(state);
  const { added } = byHand;
  const lists = createLists({
    registries,
    savedLists,
    added: (registry) => added(registry).filter((name) => !isPattern(name)),
    local: matchesOf,
    changed: (registry) => changed.fire({ registry }),
    warn: log.warn,
  });
  let filter = '';
  let listed = addresses();

  function addresses(): string[] {
    return registries.list().map(({ address }) => address);
  }

  /** Repositories of the engine's images that an added pattern matches. */
  async function matchesOf(registry: string): Promise<string[]> {
    return added(registry).some(isPattern)
      ? matching(registry, added(registry), await localImages().catch(() => []))
      : [];
  }

  /** Registries were added or removed, or all are to be asked again. */
  function listChanged(): void {
    const now = addresses();
    for (const gone of listed.filter((address) => !now.includes(address))) {
      lists.forget(gone);
    }
    listed = now;
    for (const address of lists.known()) {
      lists.outdate(address);
    }
    changed.fire({});
  }

  function registryChanged(registry: string, login: boolean): void {
    if (login) {
      // What another account was allowed to see is not shown to the next one.
      lists.forget(registry);
    }
    lists.outdate(registry);
    changed.fire({ registry });
  }

  const listening = [
    registries.onChange((change) => {
      const { registry, repository, login = false } = change;
      if (registry === undefined) {
        listChanged();
      } else if (repository === undefined) {
        registryChanged(registry, login);
      } else {
        changed.fire(lists.insert(registry, repository) ? { registry } : change);
      }
    }),
    byHand.onChange(({ registry, patterns }) => {
      if (patterns) {
        lists.outdate(registry);
      }
      changed.fire({ registry });
    }),
  ];

  return {
    ...createTagReading(registries),
    onChange: changed.event,
    get filter() {
      return filter;
    },
    setFilter(text) {
      const next = text.trim();
      if (next !== filter) {
        filter = next;
        changed.fire({});
      }
    },
    peek: lists.peek,
    open: lists.open,
    close(registry) {
      if (lists.peek(registry)?.complete === false) {
        lists.outdate(registry);
        // The rows that are there may be a part only: opening the row again has to ask again.
        changed.fire({ registry });
      }
    },
    added,
    add: byHand.add,
    remove: byHand.remove,
    dispose() {
      for (const part of [...listening, byHand, lists, changed]) {
        part.dispose();
      }
    },
  };
}
