// The registries view: registries, namespaces as folders, repositories, tags, and what is attached to a tag.
import type { App } from '../../app/index.ts';
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
import { type Disposable, Emitter } from '../../model/event.ts';
import type { Found } from '../../model/registries/names.ts';
import type { Catalog } from '../../registry/known/catalog.ts';
import { messageUnder } from '../messageRow.ts';
import { answersOf, type RowTypes } from '../rowTypes.ts';
import type { Heading, Row, RowChange, View } from '../types.ts';
import { attachmentRows, entryRows, folderAround, repositoryRows, tagRows } from './children.ts';
import { createSearch, foundLine } from './found.ts';
import {
  adviceRow,
  attachmentRow,
  attachmentTooltip,
  detailedTag,
  folderRow,
  registryRow,
  registryTooltip,
  repositoryRow,
  tagTooltip,
} from './rows.ts';
import { createTags, maxDated, type Tags } from './tags.ts';

type RegistriesApp = Pick<App, 'catalog' | 'registries' | 'preferences' | 'log'>;

export type RegistriesRow =
  | RegistryElement
  | FolderElement
  | RepositoryElement
  | TagElement
  | AttachmentElement
  | MessageElement;

/**
 * The view of the registries that were added. Works until it is disposed of, and throws nothing. It holds which rows are
 * open, what the filter finds, and the tags of open repositories (see `createTags`).
 */
export function registriesView(app: RegistriesApp): View<RegistriesRow> {
  const { catalog, preferences, registries } = app;
  const changed = new Emitter<RowChange>();
  const tags = createTags(app, (keys) => changed.fire(keys));
  const search = createSearch(catalog);
  /** Rows that are open: VS Code forgets it of rows that a filter takes away for a while. */
  const opened = new Set<string>();
  const expand = (element: RegistriesRow): Pick<Row, 'expand'> => ({
    expand: opened.has(keyOf(element)) ? 'expanded' : 'collapsed',
  });
  const rowOf = (registry: string) => registryElement(catalog, registry);
  const namesIn = (registry: string) => catalog.peek(registry)?.names ?? [];

  const listening = [...follow(app, tags, changed), tags, changed];

  const types: RowTypes<RegistriesRow> = {
    registry: {
      row(element) {
        const found = element.filtered ? search(element.registry).total : undefined;
        const row = registryRow(element, catalog.peek(element.registry), found);
        return { ...row, ...(element.filtered ? { expand: 'expanded' } : expand(element)) };
      },
      children: async (element) =>
        repositoryRows(element, await catalog.open(element.registry), {
          found: element.filtered && search(element.registry),
          layout: preferences.repositoryLayout,
        }),
      tooltip: async ({ registry }) => registryTooltip(catalog.peek(registry), await registries.login(registry)),
      collapsed: ({ registry }) => catalog.close(registry),
    },
    folder: {
      row: (element) => ({ ...folderRow(element), ...expand(element) }),
      children: ({ registry, path }) => entryRows(registry, namesIn(registry), path),
      parent: ({ registry, path }) => folderAround(registry, namesIn(registry), path) ?? rowOf(registry),
    },
    repository: {
      row(element) {
        const { registry, name, under } = element;
        const found = catalog.filter && under === undefined ? search(registry).matches : [];
        const marks = found.find((match) => match.name === name)?.marks;
        const added = catalog.added(registry).includes(name);
        return { ...repositoryRow(element, { added, marks }), ...expand(element) };
      },
      children: (element) => rowsOfTags(app, tags, element),
      parent({ registry, name }) {
        const inTree = !catalog.filter && preferences.repositoryLayout === 'tree';
        return (inTree ? folderAround(registry, namesIn(registry), name) : undefined) ?? rowOf(registry);
      },
      collapsed(element) {
        // Tags move: opening the row again asks again.
        tags.forget(element.registry, element.name);
        changed.fire([keyOf(element)]);
      },
    },
    ...tagTypes(tags),
    message: { row: adviceRow },
  };
  const answers = answersOf(types, async () => registries.list().map(({ address }) => rowOf(address)));

  return {
    id: 'registries',
    onChange: changed.event,
    onUnseen: tags.onUnseen,
    ...answers,

    async children(element) {
      if (element) {
        opened.add(keyOf(element));
      }
      return answers.children(element);
    },

    collapsed(element) {
      opened.delete(keyOf(element));
      answers.collapsed(element);
    },

    seen(element) {
      if (element.type === 'tag') {
        tags.want(element);
      }
    },

    heading: () => headingOf(app, search),

    dispose() {
      for (const each of listening) {
        each.dispose();
      }
    },
  };
}

/** A tag and what is attached to it, from the details that are known. */
function tagTypes(tags: Tags): Pick<RowTypes<RegistriesRow>, 'tag' | 'attachment'> {
  const attachmentOf = ({ registry, repository, tag, reference }: AttachmentElement) =>
    tags
      .details({ type: 'tag', registry, repository, name: tag })
      ?.attachments.find((attachment) => attachment.reference === reference);
  return {
    tag: {
      row: (element) => detailedTag(element, tags.details(element), tags.problem(element) !== undefined),
      children: (element) => attachmentRows(element, tags.details(element)?.attachments ?? []),
      tooltip: (element) => tagTooltip(element, tags.details(element), tags.problem(element)),
      parent: ({ registry, repository }) => ({ type: 'repository', registry, name: repository }),
    },
    attachment: {
      row: (element) => attachmentRow(element, attachmentOf(element)),
      tooltip: (element) => attachmentTooltip(attachmentOf(element)),
      parent: ({ registry, repository, tag }) => ({ type: 'tag', registry, repository, name: tag }),
    },
  };
}

/** Which rows what happens concerns: a repository's, whose tags are then asked for again, a registry's, or all. */
function follow(
  { catalog, registries, preferences }: RegistriesApp,
  tags: Tags,
  changed: Emitter<RowChange>,
): Disposable[] {
  return [
    catalog.onChange(({ registry, repository }) => {
      if (registry === undefined) {
        changed.fire(undefined);
      } else if (repository === undefined) {
        changed.fire([keyOf(registryElement(catalog, registry))]);
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
}

/** What stands above the rows while they are filtered. */
function headingOf({ catalog, registries }: RegistriesApp, search: (registry: string) => Found): Heading {
  if (!catalog.filter) {
    return {};
  }
  const listed = registries.list().map(({ address }) => {
    const listing = catalog.peek(address);
    const all = listing?.names.length ?? 0;
    return { found: search(address).total, all, complete: listing?.complete ?? false };
  });
  return { message: foundLine(catalog.filter, listed) };
}

/** Below a filtered registry are the repositories that were found. */
function registryElement({ filter }: Pick<Catalog, 'filter'>, registry: string): RegistryElement {
  return filter ? { type: 'registry', registry, filtered: true } : { type: 'registry', registry };
}

/** The tags of a repository as rows; what cannot be read is said by a message. */
async function rowsOfTags(
  { log, preferences }: RegistriesApp,
  tags: Tags,
  element: RepositoryElement,
): Promise<(TagElement | MessageElement)[]> {
  const { registry, name } = element;
  try {
    const open = await tags.open(registry, name);
    const byDate = preferences.tagOrder === 'date';
    return tagRows(element, tags.ordered(open, preferences.tagOrder), {
      dated: byDate ? maxDated : undefined,
      cut: open.cut === true,
    });
  } catch (error) {
    log.warn(`${registry}/${name}: ${messageOf(error)}`);
    return [messageUnder(element, messageOf(error), true)];
  }
}
