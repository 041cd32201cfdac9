// Gives an image one more name: the first step of sharing it through a registry.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { chooseImage } from '../../steps/images/choose.ts';
import { askName, proposedName } from '../../steps/images/completeName.ts';
import { fullReference } from '../../steps/images/references.ts';
import type { Target } from '../../steps/target.ts';

export interface TagOptions {
  /** The new name: `[host[:port]/]repository[:tag]`; the tag is `latest` when absent. */
  ref: string;
}

/** Tags an image. Resolves with the new reference in full. */
export async function tagImage(
  app: Pick<App, 'engine' | 'registries' | 'catalog' | 'ui'>,
  target?: Target,
  options?: TagOptions,
): Promise<{ ref: string }> {
  const image = await chooseImage(app, target, { title: t('Tag Image') });
  const typed =
    options?.ref ??
    (await askName(app, {
      title: t('Tag Image'),
      placeholder: t(
        'The new name. To push it to a private registry, begin with its address, such as localhost:5000/team/box:1',
      ),
      value: proposedName(app, image.ref),
      goal: 'new',
      image: image.ref,
    }));
  const ref = fullReference(typed);
  await (await app.engine.client()).images.tag(image.id ?? image.ref, ref);
  return { ref };
}
