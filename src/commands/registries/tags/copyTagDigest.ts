// Copies the name of a tag's image by its digest, which never means another image.
import type { App } from '../../../app/index.ts';
import { t } from '../../../model/l10n.ts';
import { fullName } from '../../../model/registries/tag.ts';
import { chooseTag } from '../../../steps/registries/choose.ts';
import type { Target } from '../../../steps/target.ts';

/** Resolves with what was copied: `host/repository@sha256:…`. */
export async function copyTagDigest(
  app: Pick<App, 'registries' | 'catalog' | 'ui'>,
  target?: Target,
  _options?: object,
): Promise<{ text: string }> {
  const { registry, repository, reference } = await chooseTag(app, target, t('Copy Digest'));
  const client = await app.registries.client(registry);
  const { digest } = await client.head(repository, reference, new AbortController().signal);
  const text = fullName(registry, repository, digest);
  await app.ui.copy(text);
  return { text };
}
