// Shows only those containers whose names, images, states, ports or networks have the words that are typed.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { type FilterOptions, filterView } from '../../steps/filter.ts';

export async function filterContainers(
  app: Pick<App, 'filters' | 'ui'>,
  _target?: unknown,
  options?: FilterOptions,
): Promise<FilterOptions> {
  const prompt = t('Words of the name, image, state, project, network, id, or :port. Empty shows all.');
  return filterView(app, 'containers', { title: t('Filter Containers'), prompt, placeholder: 'web running' }, options);
}
