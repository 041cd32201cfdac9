// Removes images: a tag, and with its last tag the image itself.
import type { App } from '../../app.ts';
import { shortId } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import { repositoryOf } from '../../model/reference.ts';
import { confirmWithNote } from '../../steps/confirm.ts';
import { chooseImages } from '../../steps/images/choose.ts';
import { listed } from '../../steps/several.ts';
import { namesOf, rowsOf, type Target } from '../../steps/target.ts';

export interface RemoveImageOptions {
  /** Removes it although stopped containers use it, or it has several tags. */
  force?: boolean;
}

/** Removes one image, all that are selected, or all tags of a repository. Resolves with what the engine untagged and deleted. */
export async function removeImage(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  options?: RemoveImageOptions,
): Promise<{ untagged: string[]; deleted: string[] }> {
  const refs = await refsOf(app, target);
  if (!options) {
    await confirm(app, refs);
  }
  const client = await app.engine.client();
  const result = { untagged: [] as string[], deleted: [] as string[] };
  // One after the other: tags of one image get in each other's way.
  for (const ref of refs) {
    const { untagged, deleted } = await client.images.remove(ref, { force: options?.force === true });
    result.untagged = result.untagged.concat(untagged);
    result.deleted = result.deleted.concat(deleted);
  }
  return result;
}

async function refsOf(app: Pick<App, 'engine' | 'ui'>, target: Target): Promise<string[]> {
  const rows = rowsOf(target);
  const repositories = rows.flatMap((row) => (row.type === 'imageRepository' ? [row.name] : []));
  const images = repositories.length > 0 ? await app.engine.inventory.all('images') : [];
  const tags = images.flatMap((image) => image.tags).filter((tag) => repositories.includes(repositoryOf(tag)));
  const names = namesOf(target) ?? [
    ...tags,
    ...rows.flatMap((row) => (row.type === 'image' ? [row.ref ?? row.id] : [])),
  ];
  return names.length > 0
    ? [...new Set(names)]
    : (await chooseImages(app, undefined, { title: t('Remove Image') })).map(({ ref }) => ref);
}

async function confirm(app: Pick<App, 'engine' | 'ui'>, refs: readonly string[]): Promise<void> {
  const images = await app.engine.inventory.all('images');
  const containers = await app.engine.inventory.all('containers');
  const ids = new Set(
    images.filter(({ id, tags }) => refs.includes(id) || tags.some((tag) => refs.includes(tag))).map(({ id }) => id),
  );
  const users = containers.filter(({ imageId }) => ids.has(imageId)).map(({ name }) => name);
  const names = refs.map((ref) => (ref.startsWith('sha256:') ? shortId(ref) : ref));
  await confirmWithNote(app, {
    question: refs.length === 1 ? t('Remove image {0}?', listed(names)) : t('Remove {0} images?', refs.length),
    detail: [
      ...(refs.length > 1 ? [listed(names, 20)] : []),
      t('Other tags of the same image stay. With its last tag its layers are deleted.'),
      ...(users.length > 0
        ? [t('These containers were made of it, and the engine refuses while they are there: {0}', listed(users))]
        : []),
    ].join('\n\n'),
    button: t('Remove'),
    note: 'image.prune',
  });
}
