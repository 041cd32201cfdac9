// Opens the configuration of a tag's image as a JSON document.
import type { App } from '../../../app/index.ts';
import { t } from '../../../model/l10n.ts';
import { fullName } from '../../../model/registries/tag.ts';
import { chooseTag } from '../../../steps/registries/choose.ts';
import type { Target } from '../../../steps/target.ts';

/** Resolves with the text that is shown, and the digest of the original in the registry. */
export async function openImageConfig(
  app: Pick<App, 'registries' | 'catalog' | 'ui'>,
  target?: Target,
  _options?: object,
): Promise<{ ref: string; digest: string; text: string }> {
  const { registry, repository, reference } = await chooseTag(app, target, t('Open Image Configuration'));
  const { signal } = new AbortController();
  const { digest, text } = await app.catalog.document(registry, repository, reference, 'config', signal);
  const ref = fullName(registry, repository, reference);
  await app.ui.document(`${ref}/config.json`, text);
  return { ref, digest, text };
}
