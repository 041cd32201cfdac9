// The images view: repositories, then their tags; images without a tag stand at the end.
import type { App } from '../app.ts';
import type { ImageElement, ImageRepositoryElement } from '../model/elements.ts';
import { Emitter } from '../model/event.ts';
import { formatAge, formatSize, repositoryOf, shortId, tagOf } from '../model/format.ts';
import { t } from '../model/l10n.ts';
import type { Image } from '../model/objects.ts';
import { escapeMarkdown, plain } from '../model/text.ts';
import { rowsFor } from './changes.ts';
import type { RowChange, View } from './view.ts';

type Row = ImageRepositoryElement | ImageElement;

export function imagesView(app: App): View<Row> {
  const { inventory } = app.engine;
  const changed = new Emitter<RowChange>();
  const listening = inventory.onChange((change) => {
    if (change.kind === 'images') {
      // A changed image may have gained or lost a tag, and tags are rows: only the list itself can tell.
      changed.fire(change.changed.length > 0 ? undefined : rowsFor(change, (id) => id));
    }
  });
  const images = () => inventory.all('images').catch((): readonly Image[] => []);

  return {
    id: 'images',
    onChange: changed.event,

    async children(element) {
      if (element?.type === 'image') {
        return [];
      }
      const all = await images();
      return element ? tagsIn(all, element.name) : topLevel(all);
    },

    row(element) {
      if (element.type === 'imageRepository') {
        const name = plain(element.name, 200);
        return {
          label: name,
          icon: { name: 'layers' },
          kind: 'image.repository',
          expand: 'collapsed',
          spoken: t('Repository {0}', name),
        };
      }
      const image = inventory.peek('images', element.id);
      const description = image ? `${formatSize(image.size)} · ${formatAge(image.created)}` : '';
      const label = element.ref ? plain(tagOf(element.ref), 200) : shortId(element.id);
      return {
        label,
        description: element.ref ? description : `${t('no tag')} · ${description}`,
        icon: { name: element.ref ? 'tag' : 'circle-slash' },
        kind: element.ref ? 'image.tag' : 'image.dangling',
        spoken: t('Image {0}, {1}', element.ref ? plain(element.ref, 200) : label, description.replace(' · ', ', ')),
      };
    },

    async tooltip(element) {
      const image = element.type === 'image' ? inventory.peek('images', element.id) : undefined;
      return image && tooltipOf(image);
    },

    parent(element) {
      return element.type === 'image' && element.ref
        ? { type: 'imageRepository', name: repositoryOf(element.ref) }
        : undefined;
    },

    dispose() {
      listening.dispose();
      changed.dispose();
    },
  };
}

function topLevel(images: readonly Image[]): Row[] {
  const names = new Set(images.flatMap((image) => image.tags.map(repositoryOf)));
  const repositories = [...names].sort().map((name): Row => ({ type: 'imageRepository', name }));
  const dangling = images
    .filter((image) => image.tags.length === 0)
    .sort((a, b) => b.created - a.created)
    .map(({ id }): Row => ({ type: 'image', id }));
  return [...repositories, ...dangling];
}

function tagsIn(images: readonly Image[], repository: string): Row[] {
  return images
    .flatMap((image) => image.tags.map((ref) => ({ ref, image })))
    .filter(({ ref }) => repositoryOf(ref) === repository)
    .sort((a, b) => b.image.created - a.image.created || a.ref.localeCompare(b.ref))
    .map(({ ref, image }): Row => ({ type: 'image', id: image.id, ref }));
}

function tooltipOf(image: Image): string {
  const list = (items: string[]) => items.map((item) => escapeMarkdown(item)).join(', ');
  const lines = [
    `**${list(image.tags.length ? image.tags : [shortId(image.id)])}**`,
    `${t('Size')}: ${formatSize(image.size)}`,
    `${t('Created')}: ${formatAge(image.created)}`,
    `${t('Id')}: ${escapeMarkdown(image.id)}`,
  ];
  if (image.digests.length) {
    lines.push(`${t('Digest')}: ${list(image.digests)}`);
  }
  return lines.join('  \n');
}
