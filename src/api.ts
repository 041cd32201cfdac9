// The read-only interface for other extensions: what the views show, as plain data.
import type { App } from './app/index.ts';
import { UserError } from './model/errors.ts';
import type { Container, Image } from './model/objects.ts';
import { isPattern } from './model/registries/names.ts';

export interface DocknotesApi {
  /** All containers of the engine, running or not. */
  containers(): Promise<Container[]>;
  images(): Promise<Image[]>;
  registries(): Promise<{ address: string; scheme?: 'http' | 'https' }[]>;
  /**
   * Repositories of a registry that was added, in the registry's order; those that were added by name come first.
   * `filter` keeps names that contain it (upper or lower case alike); `limit` stops after so many.
   * `complete` is false when there are more than were given.
   */
  repositories(
    registry: string,
    options?: { filter?: string; limit?: number },
  ): Promise<{ names: string[]; complete: boolean }>;
  /** Tags of a repository, newest version first. `complete` is false when there are more than were given. */
  tags(registry: string, repository: string): Promise<{ names: string[]; complete: boolean }>;
}

/** Every promise rejects with the sentence that the view would show. */
export function createApi(app: Pick<App, 'engine' | 'registries' | 'catalog'>): DocknotesApi {
  return {
    containers: async () => structuredClone([...(await app.engine.inventory.all('containers'))]),
    images: async () => structuredClone([...(await app.engine.inventory.all('images'))]),
    registries: async () => app.registries.list().map(({ fromSetting: _, ...entry }) => entry),

    async repositories(registry, { filter = '', limit = Number.POSITIVE_INFINITY } = {}) {
      const stop = new AbortController();
      const wanted = filter.toLowerCase();
      const added = app.catalog.added(registry).filter((name) => !isPattern(name));
      const names: string[] = [];
      try {
        for await (const page of pagesOf(app, registry, added, stop.signal)) {
          for (const name of page.filter((n) => n.toLowerCase().includes(wanted))) {
            if (names.length >= limit) {
              stop.abort();
              return { names, complete: false };
            }
            names.push(name);
          }
        }
      } catch (error) {
        if (error instanceof UserError && error.code === 'too-many-names') {
          return { names, complete: false };
        }
        throw error;
      }
      return { names, complete: true };
    },

    tags: (registry, repository) => app.registries.tags(registry, repository, new AbortController().signal),
  };
}

/** A registry without a list of its own still has what was added to it by name. */
async function* pagesOf(
  app: Pick<App, 'registries'>,
  registry: string,
  added: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<readonly string[]> {
  yield added;
  try {
    for await (const page of app.registries.repositories(registry, signal)) {
      yield added.length > 0 ? page.filter((name) => !added.includes(name)) : page;
    }
  } catch (error) {
    if (!(added.length > 0 && error instanceof UserError && error.code === 'no-catalog')) {
      throw error;
    }
  }
}
