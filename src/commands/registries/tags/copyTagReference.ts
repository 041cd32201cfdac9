// Copies the name of a tag, as a pull or a Dockerfile wants it.
import type { App } from '../../../app/index.ts';
import { t } from '../../../model/l10n.ts';
import { fullName } from '../../../model/registries/tag.ts';
import { chooseTag } from '../../../steps/registries/choose.ts';
import type { Target } from '../../../steps/target.ts';

/** Resolves with what was copied: `host/repository:tag`. */
export async function copyTagReference(
  app: Pick<App, 'registries' | 'catalog' | 'ui'>,
  target?: Target,
  _options?: object,
): Promise<{ text: string }> {
  const { registry, repository, reference } = await chooseTag(app, target, t('Copy Reference'));
  const text = fullName(registry, repository, reference);
  await app.ui.copy(text);
  return { text };
}
