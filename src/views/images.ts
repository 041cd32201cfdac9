// The images view: repositories with their tags, or one list; images without a tag stand at the end.
import type { App } from '../app.ts';
import { compareNames, type ImageRow, imageRows, imageWords, matches } from '../model/arrange.ts';
import { type FilterElement, type ImageElement, type ImageRepositoryElement, keyOf } from '../model/elements.ts';
import { Emitter } from '../model/event.ts';
import { formatAge, formatSize, named, repositoryOf, shortId, tagOf } from '../model/format.ts';
import { t } from '../model/l10n.ts';
import type { Container, Image } from '../model/objects.ts';
import { escapeMarkdown, plain } from '../model/text.ts';
import { filterRow } from './filterRow.ts';
import { rowsFor } from './touched.ts';
import type { Row as DrawnRow, RowChange, View } from './types.ts';
import { followUsers } from './usedBy.ts';

type Row = ImageRepositoryElement | ImageElement | FilterElement;

export function imagesView(app: App): View<Row> {
  const { inventory } = app.engine;
  const { arrangement, filters } = app;
  const changed = new Emitter<RowChange>();
  const drawAll = () => changed.fire(undefined);
  let counts = { found: 0, all: 0 };
  /** The images that were drawn as in use, by id without the algorithm. */
  const drawnInUse = new Set<string>();
  const users = followUsers(
    inventory,
    ({ imageId }) => [idKey(imageId)],
    (owners) => {
      const rows = owners?.filter((id) => drawnInUse.has(id) !== users.count(id) > 0).flatMap(keysOf);
      if (!rows || rows.length > 0) {
        changed.fire(rows);
      }
    },
  );
  const listening = [
    users,
    inventory.onChange((change) => {
      if (change.kind === 'images') {
        // A changed image may have gained or lost a tag, and tags are rows: only the list itself can tell.
        changed.fire(change.changed.length > 0 ? undefined : rowsFor(change, (id) => id));
      }
    }),
    arrangement.onChange(drawAll),
    filters.onChange((view) => {
      if (view === 'images') {
        drawAll();
      }
    }),
  ];

  /** The rows of an image, by its id without the algorithm. */
  function keysOf(id: string): string[] {
    const image = inventory.peek('images', `sha256:${id}`);
    const rows = image?.tags.length ? image.tags.map((ref) => ({ ref })) : [{}];
    return image ? rows.map((row) => keyOf({ type: 'image', id: image.id, ...row })) : [];
  }

  async function shown(): Promise<ImageRow[]> {
    const images = await inventory.all('images').catch((): readonly Image[] => []);
    await users.ready();
    const filter = filters.get('images');
    const rows = imageRows(images, arrangement.images);
    const found = rows.filter((row) => matches(imageWords(row), filter));
    counts = { found: found.length, all: rows.length };
    return found;
  }

  return {
    id: 'images',
    onChange: changed.event,

    async children(element) {
      if (element?.type === 'imageRepository') {
        return tagsIn(await shown(), element.name, arrangement.images.sortBy === 'size');
      }
      if (element) {
        return [];
      }
      const rows = topLevel(await shown(), arrangement.images.groupBy === 'repository');
      return filters.get('images') ? [{ type: 'filter', view: 'images' }, ...rows] : rows;
    },

    row(element) {
      switch (element.type) {
        case 'imageRepository':
          return repositoryRow(element);
        case 'image': {
          const image = inventory.peek('images', element.id);
          const id = idKey(element.id);
          const inUse = users.count(id) > 0;
          inUse ? drawnInUse.add(id) : drawnInUse.delete(id);
          return imageRow(element, image, inUse, arrangement.images.groupBy === 'repository');
        }
        case 'filter':
          return filterRow(element, filters.get('images'), counts);
      }
    },

    async tooltip(element) {
      const image = element.type === 'image' ? inventory.peek('images', element.id) : undefined;
      return image && tooltipOf(image, users.of(idKey(image.id)));
    },

    parent(element) {
      return element.type === 'image' && element.ref && arrangement.images.groupBy === 'repository'
        ? { type: 'imageRepository', name: repositoryOf(element.ref) }
        : undefined;
    },

    dispose() {
      for (const each of listening) {
        each.dispose();
      }
      changed.dispose();
    },
  };
}

/** Some engines leave the algorithm out of the ids that containers name. */
function idKey(id: string): string {
  return id.replace(/^sha256:/, '');
}

const elementOf = ({ image, ref }: ImageRow): ImageElement => ({ type: 'image', id: image.id, ...(ref && { ref }) });

/** Repositories stand in the order of their first image, which for names is their own. */
function topLevel(rows: readonly ImageRow[], grouped: boolean): Row[] {
  if (!grouped) {
    return rows.map(elementOf);
  }
  const names = new Set(rows.flatMap(({ ref }) => (ref ? [repositoryOf(ref)] : [])));
  const repositories = [...names].map((name): Row => ({ type: 'imageRepository', name }));
  return [...repositories, ...rows.filter(({ ref }) => !ref).map(elementOf)];
}

/** The newest first, unless sizes are compared. */
function tagsIn(rows: readonly ImageRow[], repository: string, bySize: boolean): Row[] {
  const found = rows.filter(({ ref }) => ref && repositoryOf(ref) === repository);
  if (!bySize) {
    found.sort((a, b) => b.image.created - a.image.created || compareNames(a.ref ?? '', b.ref ?? ''));
  }
  return found.map(elementOf);
}

function repositoryRow(element: ImageRepositoryElement): DrawnRow {
  const name = plain(element.name, 200);
  return {
    label: name,
    icon: { name: 'layers' },
    kind: 'image.repository',
    expand: 'collapsed',
    spoken: t('Repository {0}', name),
  };
}

function imageRow(element: ImageElement, image: Image | undefined, inUse: boolean, grouped: boolean): DrawnRow {
  const label = element.ref ? plain(grouped ? tagOf(element.ref) : element.ref, 200) : shortId(element.id);
  const description = [
    element.ref ? '' : t('no tag'),
    image ? formatSize(image.size) : '',
    image ? formatAge(image.created) : '',
    inUse ? t('in use') : '',
  ]
    .filter(Boolean)
    .join(' · ');
  return {
    label,
    description,
    icon: { name: element.ref ? 'tag' : 'circle-slash' },
    kind: element.ref ? 'image.tag' : 'image.dangling',
    spoken: t('Image {0}, {1}', element.ref ? plain(element.ref, 200) : label, description.replaceAll(' · ', ', ')),
  };
}

function tooltipOf(image: Image, users: readonly Container[]): string {
  const list = (items: string[]) => items.map((item) => escapeMarkdown(item)).join(', ');
  const lines = [
    `**${list(image.tags.length ? image.tags : [shortId(image.id)])}**`,
    named(t('Size'), formatSize(image.size)),
    named(t('Created'), formatAge(image.created)),
    named(t('Id'), escapeMarkdown(image.id)),
  ];
  if (image.digests.length) {
    lines.push(named(t('Digest'), list(image.digests)));
  }
  if (users.length) {
    lines.push(named(t('Used by'), list(users.map(({ name }) => name))));
  }
  if (image.tags.length === 0) {
    lines.push(
      escapeMarkdown(
        t(
          'It has no tag, most often because a newer build took its name. Prune removes such images safely; removing them by force also takes those that stopped containers need.',
        ),
        400,
      ),
    );
  }
  return lines.join('  \n');
}
