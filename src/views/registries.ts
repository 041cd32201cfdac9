// The registries view: registries, their repositories page by page, and tags.
import type { App } from '../app.ts';
import {
  keyOf,
  type MessageElement,
  type RegistryElement,
  type RepositoryElement,
  type TagElement,
} from '../model/elements.ts';
import { messageOf } from '../model/errors.ts';
import { Emitter } from '../model/event.ts';
import { t } from '../model/l10n.ts';
import { escapeMarkdown, plain } from '../model/text.ts';
import type { RowChange, View } from './view.ts';

type Row = RegistryElement | RepositoryElement | TagElement | MessageElement;

/** The repositories of one registry while its row is open: the first page at once, the rest while one looks. */
interface Listing {
  names: string[];
  failure?: string;
  complete: boolean;
  stop: AbortController;
  first: Promise<void>;
}

export function registriesView(app: App): View<Row> {
  const changed = new Emitter<RowChange>();
  const listings = new Map<string, Listing>();
  const failed = new Set<string>();

  const listening = app.registries.onChange(({ registry, repository }) => {
    if (!registry) {
      changed.fire(undefined);
      return;
    }
    const listing = listings.get(registry);
    if (repository && listing?.names.includes(repository)) {
      changed.fire([keyOf({ type: 'repository', registry, name: repository })]);
      return;
    }
    forget(registry);
    changed.fire([keyOf({ type: 'registry', registry })]);
  });

  function forget(registry: string) {
    listings.get(registry)?.stop.abort();
    listings.delete(registry);
  }

  function listingOf(registry: string): Listing {
    const known = listings.get(registry);
    if (known) {
      return known;
    }
    const listing: Listing = { names: [], complete: false, stop: new AbortController(), first: Promise.resolve() };
    listings.set(registry, listing);
    const pages = app.registries.repositories(registry, listing.stop.signal)[Symbol.asyncIterator]();
    listing.first = takePage(registry, listing, pages);
    return listing;
  }

  async function takePage(registry: string, listing: Listing, pages: AsyncIterator<string[]>): Promise<void> {
    try {
      const page = await pages.next();
      if (listing.stop.signal.aborted) {
        return;
      }
      if (page.done) {
        listing.complete = true;
      } else {
        listing.names.push(...page.value);
      }
    } catch (error) {
      if (listing.stop.signal.aborted) {
        return;
      }
      listing.complete = true;
      listing.failure = messageOf(error);
      app.log.warn(`${registry}: ${listing.failure}`);
    }
    markFailed(registry, listing.failure !== undefined && listing.names.length === 0);
    if (!listing.complete) {
      // The rest arrives behind the first page; each page draws the registry's row anew.
      void takePage(registry, listing, pages).then(() => {
        if (listings.get(registry) === listing) {
          changed.fire([keyOf({ type: 'registry', registry })]);
        }
      });
    }
  }

  function markFailed(registry: string, now: boolean) {
    if (failed.has(registry) !== now) {
      failed[now ? 'add' : 'delete'](registry);
      changed.fire([keyOf({ type: 'registry', registry })]);
    }
  }

  async function repositories(element: RegistryElement): Promise<Row[]> {
    const listing = listingOf(element.registry);
    await listing.first;
    const rows = listing.names.map((name): Row => ({ type: 'repository', registry: element.registry, name }));
    if (listing.failure) {
      rows.push({ type: 'message', under: keyOf(element), text: listing.failure, failed: true });
    } else if (listing.complete && rows.length === 0) {
      const text = t('No repositories yet. Push an image to {0} to see it here.', element.registry);
      rows.push({ type: 'message', under: keyOf(element), text, failed: false });
    }
    return rows;
  }

  async function tags(element: RepositoryElement): Promise<Row[]> {
    const { registry, name: repository } = element;
    try {
      const names = await app.registries.tags(registry, repository, new AbortController().signal);
      return names.length
        ? names.map((name): Row => ({ type: 'tag', registry, repository, name }))
        : [{ type: 'message', under: keyOf(element), text: t('No tags: all have been deleted.'), failed: false }];
    } catch (error) {
      app.log.warn(`${registry}/${repository}: ${messageOf(error)}`);
      return [{ type: 'message', under: keyOf(element), text: messageOf(error), failed: true }];
    }
  }

  return {
    id: 'registries',
    onChange: changed.event,

    async children(element) {
      switch (element?.type) {
        case undefined:
          return app.registries.list().map(({ address }): Row => ({ type: 'registry', registry: address }));
        case 'registry':
          return repositories(element);
        case 'repository':
          return tags(element);
        default:
          return [];
      }
    },

    row(element) {
      switch (element.type) {
        case 'registry': {
          const label = plain(element.registry, 200);
          return failed.has(element.registry)
            ? {
                label,
                description: t('cannot be listed'),
                icon: { name: 'warning', color: 'problemsWarningIcon.foreground' },
                kind: 'registry.failed',
                expand: 'collapsed',
              }
            : { label, icon: { name: 'server' }, kind: 'registry', expand: 'collapsed' };
        }
        case 'repository':
          return {
            label: plain(element.name, 300),
            icon: { name: 'layers' },
            kind: 'registry.repository',
            expand: 'collapsed',
          };
        case 'tag':
          return { label: plain(element.name, 200), icon: { name: 'tag' }, kind: 'registry.tag' };
        case 'message':
          return {
            label: plain(element.text, 1000),
            icon: element.failed ? { name: 'warning', color: 'problemsWarningIcon.foreground' } : { name: 'info' },
            kind: 'message',
          };
      }
    },

    async tooltip(element) {
      switch (element.type) {
        case 'tag':
          return `\`${escapeMarkdown(`${element.registry}/${element.repository}:${element.name}`)}\``;
        case 'message':
          return escapeMarkdown(element.text);
        default:
          return undefined;
      }
    },

    parent(element) {
      switch (element.type) {
        case 'repository':
          return { type: 'registry', registry: element.registry };
        case 'tag':
          return { type: 'repository', registry: element.registry, name: element.repository };
        default:
          return undefined;
      }
    },

    collapsed(element) {
      if (element.type === 'registry' && listings.get(element.registry)?.complete === false) {
        forget(element.registry);
        // The rows that are there are only a part: opening the row again has to ask again.
        changed.fire([keyOf(element)]);
      }
    },

    dispose() {
      listening.dispose();
      for (const registry of [...listings.keys()]) {
        forget(registry);
      }
      changed.dispose();
    },
  };
}
