// Shows all repositories of the registries view again.
import type { App } from '../../app/index.ts';

export async function clearRegistryFilter(
  app: Pick<App, 'catalog'>,
  _target?: unknown,
  _options?: object,
): Promise<void> {
  app.catalog.setFilter('');
}
