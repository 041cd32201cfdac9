// The lists of repositories that are known: kept while one looks, found by name, and remembered between sessions.
import { messageOf, UserError } from '../../model/errors.ts';
import { type Disposable, Emitter, type Event } from '../../model/event.ts';
import { t } from '../../model/l10n.ts';
import { parseReference } from '../../model/reference.ts';
import { expandBraces, isPattern } from '../../model/registries/names.ts';
import type { PlatformFacts, TagDetails, TagFacts, TagList } from '../../model/registries/tag.ts';
import type { SharedState } from '../../model/state.ts';
import { throttled } from '../http/throttle.ts';
import { createByHand, matching } from './byHand.ts';
import { isTooMany, type Registries, type RegistryChange } from './registries.ts';
import type { KeptLists } from './savedLists.ts';

/** What is known of a registry's repositories. */
export interface Listing {
  /** Those that were added by name, then those of the registry in its own order. */
  names: readonly string[];
  /** False while pages are still coming. */
  complete: boolean;
  /** When the names were given, milliseconds since 1970: they are of an earlier session or before a refresh. */
  asOf?: number;
  /** The sentence of what went wrong; `noCatalog` when the registry has no list to give. */
  failure?: string;
  noCatalog?: boolean;
  /** There is no login that the registry takes. */
  wantsLogin?: boolean;
  /** Its vendor has a list, once it is told whose repositories to list. */
  wantsNamespaces?: boolean;
  /** There are more than a list here may hold. */
  cut?: boolean;
}

export interface Catalog extends Disposable {
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
  /** Names and patterns that were added by hand. */
  added(registry: string): readonly string[];
  /** Keeps a name (`team/app`), names (`team/{web,api}`) or a pattern (`team/*`). Resolves with what was kept. */
  add(registry: string, typed: string): Promise<string[]>;
  /** Takes a name or pattern that was added out again. Rejects with `not-added`. */
  remove(registry: string, typed: string): Promise<void>;
  tags(registry: string, repository: string, signal: AbortSignal): Promise<TagList>;
  details(
    registry: string,
    repository: string,
    tag: string,
    attached: TagList['attached'],
    signal: AbortSignal,
  ): Promise<TagDetails>;
  tag(registry: string, repository: string, reference: string, signal: AbortSignal): Promise<TagFacts>;
  platform(registry: string, repository: string, digest: string, signal: AbortSignal): Promise<PlatformFacts>;
  /** A manifest, or the configuration behind it, as text that was checked against its digest. */
  document(
    registry: string,
    repository: string,
    reference: string,
    what: 'manifest' | 'config',
    signal: AbortSignal,
  ): Promise<{ digest: string; text: string }>;
}

export interface CatalogHost {
  registries: Registries;
  kept: KeptLists;
  /** Keeps what was added by hand. */
  state: SharedState;
  /** References of the engine's images, which patterns are matched with where a registry has no list. */
  localImages(): Promise<readonly string[]>;
  log: { warn(message: string): void };
}

interface Known {
  /** What the registry gave, or gives: this array grows while pages come. */
  names: string[];
  /** Names of the engine's images that match an added pattern. */
  local: string[];
  complete: boolean;
  /** When the registry gave the whole list. */
  at?: number;
  asOf?: number;
  failure?: string;
  noCatalog?: boolean;
  wantsNamespaces?: boolean;
  wantsLogin?: boolean;
  cut?: boolean;
  stop?: AbortController;
  first?: Promise<void>;
}

export function createCatalog({ registries, kept, state, localImages, log }: CatalogHost): Catalog {
  const changed = new Emitter<RegistryChange>();
  const known = new Map<string, Known>();
  const byHand = createByHand(state);
  const added = byHand.of;
  let filter = '';
  /** The last list that is on its way out, which must not be shown meanwhile. */
  let forgotten: Promise<void> | undefined;

  let listed = addresses(registries);
  const listening = registries.onChange((change) => {
    const { registry, repository, login } = change;
    if (registry === undefined) {
      const now = addresses(registries);
      for (const address of listed) {
        if (!now.includes(address)) {
          drop(address);
          void kept.forget(address);
        }
      }
      listed = now;
      for (const address of [...known.keys()]) {
        outdate(address);
      }
      changed.fire({});
    } else if (repository === undefined) {
      if (login) {
        // What another account was allowed to see is not shown to the next one.
        drop(registry);
        forgotten = kept.forget(registry);
      }
      outdate(registry);
      changed.fire({ registry });
    } else {
      changed.fire(insert(registry, repository) ? { registry } : change);
    }
  });

  /** A list that is asked for again the next time it is opened; until then its names are shown with their age. */
  function outdate(registry: string) {
    const entry = known.get(registry);
    if (!entry) {
      return;
    }
    entry.stop?.abort();
    const asOf = entry.asOf ?? entry.at;
    if (asOf === undefined) {
      known.delete(registry);
    } else {
      known.set(registry, { names: entry.names, local: [], complete: false, asOf });
    }
  }

  function drop(registry: string) {
    known.get(registry)?.stop?.abort();
    known.delete(registry);
  }

  /** A repository that was pushed to is in the list at once. Returns whether it was missing. */
  function insert(registry: string, repository: string): boolean {
    const entry = known.get(registry);
    if (!entry || !(entry.complete || entry.asOf !== undefined) || entry.names.includes(repository)) {
      return false;
    }
    const before = entry.names.findIndex((name) => name > repository);
    entry.names.splice(before < 0 ? entry.names.length : before, 0, repository);
    return true;
  }

  function start(registry: string): Known {
    const before = known.get(registry);
    const stop = new AbortController();
    const entry: Known = {
      names: before?.names ?? [],
      local: [],
      complete: false,
      stop,
      ...(before?.asOf === undefined ? {} : { asOf: before.asOf }),
    };
    known.set(registry, entry);
    const page = load(registry, entry, stop.signal);
    const shown = showKept(registry, entry);
    entry.first = Promise.race([
      shown.then(async (there) => (there ? undefined : page)),
      // A registry that cannot be reached shows its last list, too.
      page.then(async () => (entry.names.length > 0 ? undefined : void (await shown))),
    ]);
    return entry;
  }

  /** Puts the names of an earlier session in the place of none; resolves with whether there are old names to show. */
  async function showKept(registry: string, entry: Known): Promise<boolean> {
    if (entry.asOf === undefined) {
      await forgotten;
      const list = await kept.read(registry);
      const wanted = known.get(registry) === entry && entry.at === undefined && entry.names.length === 0;
      if (list && list.names.length > 0 && wanted) {
        entry.names = list.names;
        entry.asOf = list.at;
      }
    }
    return entry.asOf !== undefined;
  }

  /** Resolves with the first page, and goes on behind it. */
  function load(registry: string, entry: Known, signal: AbortSignal): Promise<void> {
    const fresh: string[] = [];
    const redraw = throttled(() => changed.fire({ registry }), signal);
    void matchesOf(registry).then((names) => {
      entry.local = names;
      if (names.length > 0 && !signal.aborted) {
        redraw.soon();
      }
    });
    return new Promise((arrived) => {
      const run = async () => {
        for await (const page of registries.repositories(registry, signal)) {
          if (signal.aborted) {
            return;
          }
          for (const name of page) {
            fresh.push(name);
          }
          if (entry.asOf === undefined) {
            entry.names = fresh;
            arrived();
            redraw.soon();
          }
        }
      };
      run()
        .catch((error: unknown) => {
          if (!isTooMany(error)) {
            throw error;
          }
          entry.cut = true;
        })
        .then(() => {
          if (!signal.aborted) {
            entry.names = fresh;
            entry.at = Date.now();
            delete entry.asOf;
            void kept.write(registry, { names: fresh, at: entry.at });
          }
        })
        .catch((error: unknown) => {
          if (!signal.aborted) {
            entry.failure = messageOf(error);
            entry.wantsLogin = error instanceof UserError && ['unauthorized', 'login-failed'].includes(error.code);
            entry.noCatalog = error instanceof UserError && error.code === 'no-catalog';
            entry.wantsNamespaces = entry.noCatalog && error instanceof UserError && error.actions.length > 0;
            log.warn(`${registry}: ${entry.failure}`);
          }
        })
        .finally(() => {
          redraw.cancel();
          if (!signal.aborted) {
            entry.complete = true;
            changed.fire({ registry });
          }
          arrived();
        });
    });
  }

  /** Repositories of the engine's images that an added pattern matches. */
  async function matchesOf(registry: string): Promise<string[]> {
    return added(registry).some(isPattern)
      ? matching(registry, added(registry), await localImages().catch(() => []))
      : [];
  }

  /** Names of a registry came or went. */
  function addedChanged(registry: string, patterns: boolean): void {
    if (patterns) {
      outdate(registry);
    }
    changed.fire({ registry });
  }
  const listeningElsewhere = byHand.onElsewhere((list) => {
    for (const registry of list) {
      addedChanged(registry, true);
    }
  });

  function listingOf(registry: string, entry: Known): Listing {
    const own = [...added(registry).filter((name) => !isPattern(name)), ...entry.local];
    const more = own.length > 0 ? own.filter((name) => !entry.names.includes(name)) : [];
    return {
      names: more.length > 0 ? [...more, ...entry.names] : entry.names,
      complete: entry.complete,
      ...(entry.asOf === undefined ? {} : { asOf: entry.asOf }),
      ...(entry.failure === undefined ? {} : { failure: entry.failure }),
      ...(entry.noCatalog ? { noCatalog: true } : {}),
      ...(entry.cut ? { cut: true } : {}),
      ...(entry.wantsNamespaces ? { wantsNamespaces: true } : {}),
      ...(entry.wantsLogin ? { wantsLogin: true } : {}),
    };
  }

  const facts = () => import('./tagFacts.ts');

  async function tags(registry: string, repository: string, signal: AbortSignal): Promise<TagList> {
    const { names, complete } = await registries.tags(registry, repository, signal);
    return { ...(await facts()).tagListOf(names), ...(complete ? {} : { cut: true }) };
  }

  return {
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
    peek(registry) {
      const entry = known.get(registry);
      return entry && listingOf(registry, entry);
    },
    async open(registry) {
      const there = known.get(registry);
      const entry = there?.first ? there : start(registry);
      await entry.first;
      return listingOf(registry, known.get(registry) ?? entry);
    },
    close(registry) {
      const entry = known.get(registry);
      if (entry && !entry.complete) {
        outdate(registry);
        // The rows that are there may be a part only: opening the row again has to ask again.
        changed.fire({ registry });
      }
    },
    added,
    async add(registry, typed) {
      const names = expandBraces(typed.trim().replace(/^\/+|\/+$/g, ''));
      for (const name of names) {
        // A pattern is checked as the name that it would be with its stars filled in.
        parseReference(`${hostOf(registry)}/${name.replaceAll('*', 'x')}`);
      }
      await byHand.add(registry, names);
      addedChanged(registry, [...added(registry), ...names].some(isPattern));
      return names;
    },
    async remove(registry, typed) {
      if (!added(registry).includes(typed)) {
        throw new UserError(
          'not-added',
          t('{0} was not added by name, so it cannot be removed from the list.', `${registry}/${typed}`),
        );
      }
      const patterns = added(registry).some(isPattern);
      await byHand.remove(registry, typed);
      addedChanged(registry, patterns);
    },
    tags,
    async details(registry, repository, tag, attached, signal) {
      return (await facts()).readDetails(await registries.client(registry), repository, tag, attached, signal);
    },
    async tag(registry, repository, reference, signal) {
      const client = await registries.client(registry);
      const list = () => tags(registry, repository, signal);
      return (await facts()).readTag(client, registry, repository, reference, list, signal);
    },
    async platform(registry, repository, digest, signal) {
      return (await facts()).readPlatform(await registries.client(registry), repository, digest, signal);
    },
    async document(registry, repository, reference, what, signal) {
      const client = await registries.client(registry);
      return (await facts()).readDocument(client, repository, reference, what, signal);
    },
    dispose() {
      listening.dispose();
      listeningElsewhere.dispose();
      byHand.dispose();
      for (const registry of [...known.keys()]) {
        drop(registry);
      }
      changed.dispose();
    },
  };
}

function addresses(registries: Registries): string[] {
  return registries.list().map(({ address }) => address);
}

function hostOf(registry: string): string {
  return registry.split('/')[0] ?? registry;
}
