// The images view: repositories with their tags, or one list; images without a tag stand at the end.
import type { App } from '../app.ts';
import { compareNames, type ImageRow, imageRows, imageWords } from '../model/arrange.ts';
import { type FilterElement, type ImageElement, type ImageRepositoryElement, keyOf } from '../model/elements.ts';
import { formatAge, formatSize, named, shortId } from '../model/format.ts';
import { t } from '../model/l10n.ts';
import type { Container, Image } from '../model/objects.ts';
import { repositoryOf, tagOf } from '../model/reference.ts';
import { escapeMarkdown, plain } from '../model/text.ts';
import { listView } from './objectList.ts';
import { aloud, described, linesOf } from './rowText.ts';
import type { Row, View } from './types.ts';

export type ImagesRow = ImageRepositoryElement | ImageElement | FilterElement;

/** The view of the engine's images. Works until it is disposed of; holds which images were drawn as in use. */
export function imagesView(app: Pick<App, 'engine' | 'arrangement' | 'filters'>): View<ImagesRow> {
  const { inventory } = app.engine;
  const { arrangement } = app;
  const grouped = () => arrangement.images.groupBy === 'repository';
  /** The images that were drawn as in use, by id without the algorithm. */
  const drawnInUse = new Set<string>();
  return listView<'images', ImageRow, ImagesRow>(app, {
    id: 'images',
    usedBy: ({ imageId }) => [withoutAlgorithm(imageId)],
    items: (images) => imageRows(images, arrangement.images),
    words: imageWords,
    rows: (found) => topLevel(found, grouped()),
    usedRows: (ids, users) =>
      ids
        .filter((id) => drawnInUse.has(id) !== users.count(id) > 0)
        .flatMap((id) => rowsOf(inventory.peek('images', `sha256:${id}`)).map(keyOf)),
    changes: [(draw) => arrangement.onChange(() => draw(undefined))],
    types: ({ users, filter, found }) => ({
      imageRepository: {
        row: repositoryRow,
        children: async ({ name }) => tagsIn(await found(), name, arrangement.images.sortBy === 'size'),
      },
      image: {
        row(element) {
          const id = withoutAlgorithm(element.id);
          const inUse = users.count(id) > 0;
          inUse ? drawnInUse.add(id) : drawnInUse.delete(id);
          return imageRow(element, inventory.peek('images', element.id), inUse, grouped());
        },
        tooltip({ id }) {
          const image = inventory.peek('images', id);
          return image && imageTooltip(image, users.of(withoutAlgorithm(id)));
        },
        parent: ({ ref }) => (ref && grouped() ? { type: 'imageRepository', name: repositoryOf(ref) } : undefined),
      },
      filter: filter.type,
    }),
  });
}

/** Some engines leave the algorithm out of the ids that containers name. */
function withoutAlgorithm(id: string): string {
  return id.replace(/^sha256:/, '');
}

const elementOf = ({ image, ref }: ImageRow): ImageElement => ({ type: 'image', id: image.id, ...(ref && { ref }) });

/** One row for each tag, or one for an image that has none. */
function rowsOf(image: Image | undefined): ImageElement[] {
  return image ? (image.tags.length ? image.tags.map((ref) => elementOf({ image, ref })) : [elementOf({ image })]) : [];
}

/** Repositories stand in the order of their first image, which for names is their own. */
export function topLevel(rows: readonly ImageRow[], grouped: boolean): ImagesRow[] {
  if (!grouped) {
    return rows.map(elementOf);
  }
  const names = new Set(rows.flatMap(({ ref }) => (ref ? [repositoryOf(ref)] : [])));
  const repositories = [...names].map((name): ImagesRow => ({ type: 'imageRepository', name }));
  return [...repositories, ...rows.filter(({ ref }) => !ref).map(elementOf)];
}

/** The newest first, unless sizes are compared. */
export function tagsIn(rows: readonly ImageRow[], repository: string, bySize: boolean): ImageElement[] {
  const found = rows.filter(({ ref }) => ref && repositoryOf(ref) === repository);
  if (!bySize) {
    found.sort((a, b) => b.image.created - a.image.created || compareNames(a.ref ?? '', b.ref ?? ''));
  }
  return found.map(elementOf);
}

function repositoryRow(element: ImageRepositoryElement): Row {
  const name = plain(element.name, 200);
  return {
    label: name,
    icon: { name: 'layers' },
    kind: 'image.repository',
    expand: 'collapsed',
    spoken: t('Repository {0}', name),
  };
}

function imageRow(element: ImageElement, image: Image | undefined, inUse: boolean, grouped: boolean): Row {
  const label = element.ref ? plain(grouped ? tagOf(element.ref) : element.ref, 200) : shortId(element.id);
  const description = described([
    element.ref ? '' : t('no tag'),
    image ? formatSize(image.size) : '',
    image ? formatAge(image.created) : '',
    inUse ? t('in use') : '',
  ]);
  return {
    label,
    description,
    icon: { name: element.ref ? 'tag' : 'circle-slash' },
    kind: element.ref ? 'image.tag' : 'image.dangling',
    spoken: t('Image {0}, {1}', element.ref ? plain(element.ref, 200) : label, aloud(description)),
  };
}

function imageTooltip(image: Image, users: readonly Container[]): string {
  const list = (items: string[]) => items.map((item) => escapeMarkdown(item)).join(', ');
  return linesOf([
    `**${list(image.tags.length ? image.tags : [shortId(image.id)])}**`,
    named(t('Size'), formatSize(image.size)),
    named(t('Created'), formatAge(image.created)),
    named(t('Id'), escapeMarkdown(image.id)),
    image.digests.length > 0 && named(t('Digest'), list(image.digests)),
    users.length > 0 && named(t('Used by'), list(users.map(({ name }) => name))),
    image.tags.length === 0 &&
      escapeMarkdown(
        t(
          'It has no tag, most often because a newer build took its name. Prune removes such images safely; removing them by force also takes those that stopped containers need.',
        ),
        400,
      ),
  ]);
}
