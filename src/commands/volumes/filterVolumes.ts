// Shows only those volumes whose names, drivers or users have the words that are typed.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { type FilterOptions, filterView } from '../../steps/filter.ts';

export async function filterVolumes(
  app: Pick<App, 'filters' | 'ui'>,
  _target?: unknown,
  options?: FilterOptions,
): Promise<FilterOptions> {
  const prompt = t('Words of the name, the driver, or the containers that use it. Empty shows all.');
  return filterView(app, 'volumes', { title: t('Filter Volumes'), prompt, placeholder: 'db' }, options);
}
