// Removes images: a tag, and with its last tag the image itself.
import type { App } from '../app.ts';
import { shortId } from '../model/format.ts';
import { t } from '../model/l10n.ts';
import { chooseImages, type Target } from '../steps/choose.ts';

export interface RemoveImageOptions {
  /** Removes it although stopped containers use it, or it has several tags. */
  force?: boolean;
}

/** Removes one image, or all that are selected. Resolves with what the engine untagged and deleted. */
export async function removeImage(
  app: App,
  target?: Target,
  options?: RemoveImageOptions,
): Promise<{ untagged: string[]; deleted: string[] }> {
  const images = await chooseImages(app, target, { title: t('Remove Image') });
  if (!options) {
    const names = images.map(({ ref }) => (ref.startsWith('sha256:') ? shortId(ref) : ref)).join('\n');
    await app.ui.confirm(
      images.length === 1 ? t('Remove image {0}?', names) : t('Remove {0} images?', images.length),
      [
        ...(images.length > 1 ? [names] : []),
        t('Other tags of the same image stay. With its last tag its layers are deleted.'),
      ].join('\n\n'),
      t('Remove'),
    );
  }
  const client = await app.engine.client();
  const result = { untagged: [] as string[], deleted: [] as string[] };
  for (const { ref } of images) {
    const { untagged, deleted } = await client.removeImage(ref, { force: options?.force === true });
    result.untagged.push(...untagged);
    result.deleted.push(...deleted);
  }
  return result;
}
