// Opens the page of a tag: platforms, layers, history, configuration, and what is attached to it.
import type { App } from '../../../app/index.ts';
import { t } from '../../../model/l10n.ts';
import { fullName } from '../../../model/registries/tag.ts';
import { chooseTag } from '../../../steps/registries/choose.ts';
import { showTag } from '../../../steps/registries/tagPage.ts';
import type { Target } from '../../../steps/target.ts';

/** Resolves with the reference and its digest once the page shows it. */
export async function openTag(
  app: Pick<App, 'registries' | 'catalog' | 'ui'>,
  target?: Target,
  _options?: object,
): Promise<{ ref: string; digest: string }> {
  const tag = await chooseTag(app, target, t('Open Tag'));
  const { digest } = await showTag(app, tag);
  return { ref: fullName(tag.registry, tag.repository, tag.reference), digest };
}
