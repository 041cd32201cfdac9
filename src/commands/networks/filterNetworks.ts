// Shows only those networks whose names, drivers, subnets or members have the words that are typed.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { type FilterOptions, filterView } from '../../steps/filter.ts';

export async function filterNetworks(
  app: Pick<App, 'filters' | 'ui'>,
  _target?: unknown,
  options?: FilterOptions,
): Promise<FilterOptions> {
  const prompt = t('Words of the name, driver, subnet, id, or the containers in it. Empty shows all.');
  return filterView(app, 'networks', { title: t('Filter Networks'), prompt, placeholder: 'shop bridge' }, options);
}
