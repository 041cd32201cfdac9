// Gives an image of a registry one more tag, without pulling it: the digest stays the same.
import type { App } from '../../../app/index.ts';
import { UserError } from '../../../model/errors.ts';
import { t } from '../../../model/l10n.ts';
import { isTag } from '../../../model/reference.ts';
import { fullName } from '../../../model/registries/tag.ts';
import { type ChosenTag, chooseTag } from '../../../steps/registries/choose.ts';
import type { Target } from '../../../steps/target.ts';

export interface RetagOptions {
  /** The new tag; one of this name that is there moves to the image. */
  tag: string;
}

/** Resolves with the new reference and the digest that both tags name. */
export async function retagTag(
  app: Pick<App, 'registries' | 'catalog' | 'editing' | 'ui'>,
  target?: Target,
  options?: RetagOptions,
): Promise<{ ref: string; digest: string }> {
  const title = t('Add Tag in Registry');
  const image = await chooseTag(app, target, title);
  const tag = options ? options.tag : await askTag(app, image, title);
  const wrong = checkTag(tag);
  if (wrong) {
    throw new UserError('bad-reference', wrong);
  }
  const { registry, repository } = image;
  const ref = fullName(registry, repository, tag);
  const { digest } = await app.ui.progress(t('Tagging {0}', ref), (_report, signal) =>
    app.editing.retag(image, tag, signal),
  );
  app.registries.touch({ registry, repository });
  app.ui.say(t('{0} names the same image now.', ref));
  return { ref, digest };
}

async function askTag(app: Pick<App, 'catalog' | 'ui'>, image: ChosenTag, title: string): Promise<string> {
  const { registry, repository, reference } = image;
  const tag = await app.ui.input({
    title,
    prompt: t('One more tag for {0}. The image itself does not move.', fullName(registry, repository, reference)),
    placeholder: 'stable',
    check: checkTag,
  });
  const { tags } = await app.catalog.tags(registry, repository, new AbortController().signal);
  if (tags.includes(tag)) {
    await app.ui.confirm(
      t('Move the tag {0}?', tag),
      t('{0} is there already. From now on it names the image of {1}.', fullName(registry, repository, tag), reference),
      t('Move Tag'),
    );
  }
  return tag;
}

function checkTag(value: string): string | undefined {
  return isTag(value)
    ? undefined
    : t('A tag has letters, digits, "_", "." and "-", at most 128, and does not start with "." or "-".');
}
