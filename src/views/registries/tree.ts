// The registries view: registries, namespaces as folders, repositories, tags, and what is attached to a tag.
import type { App } from '../../app.ts';
import {
  type AttachmentElement,
  type FolderElement,
  keyOf,
  type MessageElement,
  type RegistryElement,
  type RepositoryElement,
  type TagElement,
} from '../../model/elements.ts';
import { messageOf } from '../../model/errors.ts';
import { Emitter } from '../../model/event.ts';
import { t } from '../../model/l10n.ts';
import { entriesBelow, type Found, findNames, foldersAbove } from '../../model/registries/names.ts';
import { plain } from '../../model/text.ts';
import type { RowChange, View } from '../types.ts';
import {
  attachmentRow,
  attachmentTooltip,
  detailedTag,
  messageRow,
  registryRow,
  registryTooltip,
  tagTooltip,
} from './rows.ts';
import { createTags, type OpenTags } from './tags.ts';

export type RegistriesRow =
  | RegistryElement
  | FolderElement
  | RepositoryElement
  | TagElement
  | AttachmentElement
  | MessageElement;
type Row = RegistriesRow;

/** How many found repositories of a registry are shown; more letters find the others. */
const mostFound = 300;

export function registriesView(app: App): View<Row> {
  const { catalog, preferences, registries } = app;
  const changed = new Emitter<RowChange>();
  const tags = createTags(app, (keys) => changed.fire(keys));
  /** Rows that are open: VS Code forgets it of rows that a filter takes away for a while. */
  const opened = new Set<string>();
  /** What the filter finds, as long as neither the filter nor the list is another. */
  const found = new Map<string, { filter: string; names: readonly string[]; length: number; found: Found }>();

  const listening = [
    catalog.onChange(({ registry, repository }) => {
      if (registry === undefined) {
        changed.fire(undefined);
      } else if (repository === undefined) {
        changed.fire([keyOf(registryElement(registry))]);
      } else {
        tags.forget(registry, repository);
        changed.fire([keyOf({ type: 'repository', registry, name: repository })]);
      }
    }),
    registries.onChange(({ registry, repository }) => {
      if (repository === undefined) {
        tags.forgetAll(registry);
      }
    }),
    preferences.onChange(() => changed.fire(undefined)),
  ];

  function registryElement(registry: string): RegistryElement {
    return catalog.filter ? { type: 'registry', registry, filtered: true } : { type: 'registry', registry };
  }

  function search(registry: string): Found {
    const names = catalog.peek(registry)?.names ?? [];
    const { filter } = catalog;
    const known = found.get(registry);
    if (known?.filter === filter && known.names === names && known.length === names.length) {
      return known.found;
    }
    const result = findNames(names, filter, mostFound);
    found.set(registry, { filter, names, length: names.length, found: result });
    return result;
  }

  async function repositories(element: RegistryElement): Promise<Row[]> {
    const { registry } = element;
    const listing = await catalog.open(registry);
    const message = (text: string, failed = false, opens?: string): MessageElement => ({
      type: 'message',
      under: keyOf(element),
      text,
      failed,
      ...(opens === undefined ? {} : { opens, registry }),
    });
    const rows: Row[] = element.filtered
      ? search(registry).matches.map(({ name }): Row => ({ type: 'repository', registry, name }))
      : preferences.repositoryLayout === 'list'
        ? listing.names.map((name): Row => ({ type: 'repository', registry, name }))
        : below(registry, listing.names, '');
    if (element.filtered) {
      const { matches, total } = search(registry);
      if (total > matches.length) {
        rows.push(message(t('{0} more are found. Type more letters to see them.', total - matches.length)));
      }
    }
    if (listing.cut) {
      rows.push(
        message(t('There are more repositories than are listed here. Add one by its name.'), false, 'addRepository'),
      );
    }
    if (listing.failure !== undefined && (!listing.noCatalog || listing.names.length === 0)) {
      const elsewhere = listing.wantsNamespaces ? 'chooseNamespaces' : 'addRepository';
      const wayOut = listing.wantsLogin ? 'signIn' : listing.noCatalog ? elsewhere : undefined;
      rows.push(message(listing.failure, !listing.noCatalog, wayOut));
    } else if (rows.length === 0 && element.filtered) {
      rows.push(message(listing.complete ? t('Nothing is found here.') : t('Nothing is found so far.')));
    } else if (rows.length === 0 && listing.complete) {
      rows.push(message(t('No repositories yet. Push an image to {0} to see it here.', registry)));
    }
    return rows;
  }

  function below(registry: string, names: readonly string[], under: string): Row[] {
    return entriesBelow(names, under).map((entry) =>
      entry.type === 'folder'
        ? { type: 'folder', registry, path: entry.path, under }
        : { type: 'repository', registry, name: entry.name, under },
    );
  }

  async function tagsOf(element: RepositoryElement): Promise<Row[]> {
    const { registry, name: repository } = element;
    const message = (text: string, failed = false): MessageElement => ({
      type: 'message',
      under: keyOf(element),
      text,
      failed,
    });
    let open: OpenTags;
    try {
      open = await tags.open(registry, repository);
    } catch (error) {
      app.log.warn(`${registry}/${repository}: ${messageOf(error)}`);
      return [message(messageOf(error), true)];
    }
    const names = tags.ordered(open, preferences.tagOrder);
    const rows = names.map((name): Row => ({ type: 'tag', registry, repository, name }));
    const undated = preferences.tagOrder === 'date' ? names.length - open.mostDated : 0;
    if (undated > 0) {
      rows.push(
        message(
          t('The first {0} by version are in order of their dates; the others follow by version.', open.mostDated),
        ),
      );
    }
    if (open.list.cut) {
      const text = t(
        'Only the first {0} tags that the registry gave are here. Others can be pulled by name.',
        names.length,
      );
      rows.push(message(text, false));
    }
    return rows.length > 0 ? rows : [message(t('No tags: all have been deleted.'))];
  }

  return {
    id: 'registries',
    onChange: changed.event,
    onUnseen: tags.onUnseen,

    async children(element) {
      if (element) {
        opened.add(keyOf(element));
      }
      switch (element?.type) {
        case undefined:
          return registries.list().map(({ address }) => registryElement(address));
        case 'registry':
          return repositories(element);
        case 'folder':
          return below(element.registry, catalog.peek(element.registry)?.names ?? [], element.path);
        case 'repository':
          return tagsOf(element);
        case 'tag':
          return (tags.details(element)?.attachments ?? []).map(
            ({ reference }): Row => ({
              type: 'attachment',
              registry: element.registry,
              repository: element.repository,
              tag: element.name,
              reference,
            }),
          );
        default:
          return [];
      }
    },

    row(element) {
      switch (element.type) {
        case 'registry':
          return {
            ...registryRow(
              element,
              catalog.peek(element.registry),
              element.filtered ? search(element.registry).total : undefined,
            ),
            expand: element.filtered ? 'expanded' : expansion(element),
          };
        case 'folder': {
          const label = plain(element.path.slice(element.under.length, -1), 300);
          return {
            label,
            icon: { name: 'folder' },
            kind: 'registry.folder',
            expand: expansion(element),
            spoken: t('Folder {0}', label),
          };
        }
        case 'repository': {
          const label = plain(element.name.slice(element.under?.length ?? 0), 300);
          const marks =
            catalog.filter && element.under === undefined && label === element.name
              ? search(element.registry).matches.find(({ name }) => name === element.name)?.marks
              : undefined;
          return {
            label,
            icon: { name: 'layers' },
            kind: catalog.added(element.registry).includes(element.name)
              ? 'registry.repository.added'
              : 'registry.repository',
            expand: expansion(element),
            spoken: t('Repository {0}', plain(element.name, 300)),
            ...(marks ? { marks } : {}),
          };
        }
        case 'tag':
          return detailedTag(element, tags.details(element), tags.problem(element) !== undefined);
        case 'attachment':
          return attachmentRow(element, attachmentOf(element));
        case 'message':
          return messageRow(element);
      }
    },

    async tooltip(element) {
      switch (element.type) {
        case 'registry':
          return registryTooltip(catalog.peek(element.registry), await registries.login(element.registry));
        case 'tag':
          return tagTooltip(element, tags.details(element), tags.problem(element));
        case 'attachment':
          return attachmentTooltip(attachmentOf(element));
        default:
          return undefined;
      }
    },

    parent(element) {
      switch (element.type) {
        case 'folder': {
          const above = foldersAbove(catalog.peek(element.registry)?.names ?? [], element.path);
          return above.length > 1
            ? folderElement(element.registry, above.slice(0, -1))
            : registryElement(element.registry);
        }
        case 'repository': {
          const { registry, name } = element;
          const inTree = !catalog.filter && preferences.repositoryLayout === 'tree';
          const above = inTree ? foldersAbove(catalog.peek(registry)?.names ?? [], name) : [];
          return above.length > 0 ? folderElement(registry, above) : registryElement(registry);
        }
        case 'tag':
          return { type: 'repository', registry: element.registry, name: element.repository };
        case 'attachment': {
          const { registry, repository, tag } = element;
          return { type: 'tag', registry, repository, name: tag };
        }
        default:
          return undefined;
      }
    },

    seen(element) {
      if (element.type === 'tag') {
        tags.want(element);
      }
    },

    collapsed(element) {
      opened.delete(keyOf(element));
      if (element.type === 'registry') {
        catalog.close(element.registry);
      } else if (element.type === 'repository') {
        // Tags move: opening the row again asks again.
        tags.forget(element.registry, element.name);
        changed.fire([keyOf(element)]);
      }
    },

    heading() {
      if (!catalog.filter) {
        return {};
      }
      const listed = registries.list().map(({ address }) => ({ address, listing: catalog.peek(address) }));
      const total = listed.reduce((sum, { listing }) => sum + (listing?.names.length ?? 0), 0);
      const matches = listed.reduce((sum, { address }) => sum + search(address).total, 0);
      const numbers = [plain(catalog.filter, 100), matches.toLocaleString(), total.toLocaleString()] as const;
      return {
        message: listed.every(({ listing }) => listing?.complete)
          ? t('"{0}" is found in {1} of {2} repositories.', ...numbers)
          : t('"{0}" is found in {1} of {2} repositories so far.', ...numbers),
      };
    },

    dispose() {
      for (const entry of listening) {
        entry.dispose();
      }
      tags.dispose();
      changed.dispose();
    },
  };

  function expansion(element: Row): 'expanded' | 'collapsed' {
    return opened.has(keyOf(element)) ? 'expanded' : 'collapsed';
  }

  function folderElement(registry: string, above: readonly string[]): FolderElement {
    return { type: 'folder', registry, path: above.at(-1) ?? '', under: above.at(-2) ?? '' };
  }

  function attachmentOf({ registry, repository, tag, reference }: AttachmentElement) {
    return tags
      .details({ type: 'tag', registry, repository, name: tag })
      ?.attachments.find((entry) => entry.reference === reference);
  }
}
