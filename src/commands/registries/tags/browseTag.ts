// Opens a tag in the web pages of the registry's vendor.
import type { App } from '../../../app/index.ts';
import { UserError } from '../../../model/errors.ts';
import { t } from '../../../model/l10n.ts';
import { isDigest } from '../../../model/reference.ts';
import { vendorPage } from '../../../model/registries/vendorPage.ts';
import { chooseTag } from '../../../steps/registries/choose.ts';
import type { Target } from '../../../steps/target.ts';

export interface BrowseTagOptions {
  /** False: only resolves with the address. */
  open?: boolean;
}

/** Resolves with the address of the page. Rejects with `no-page` where none is known. */
export async function browseTag(
  app: Pick<App, 'registries' | 'catalog' | 'ui'>,
  target?: Target,
  options?: BrowseTagOptions,
): Promise<{ url: string }> {
  const { registry, repository, reference } = await chooseTag(app, target, t('Open in Browser'));
  const named = isDigest(reference) ? { digest: reference } : { tag: reference };
  const page = vendorPage({ registry, repository, ...named });
  if (!page) {
    throw new UserError('no-page', t('No web page is known for the images of {0}.', registry));
  }
  if (options?.open !== false) {
    await app.ui.browse(page.url);
  }
  return { url: page.url };
}
