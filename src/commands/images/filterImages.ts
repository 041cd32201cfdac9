// Shows only those images whose references or ids have the words that are typed.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { type FilterOptions, filterView } from '../../steps/filter.ts';

export async function filterImages(
  app: Pick<App, 'filters' | 'ui'>,
  _target?: unknown,
  options?: FilterOptions,
): Promise<FilterOptions> {
  const prompt = t('Words of the reference or the id. Empty shows all.');
  return filterView(app, 'images', { title: t('Filter Images'), prompt, placeholder: 'busybox' }, options);
}
