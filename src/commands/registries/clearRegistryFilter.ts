// Shows all repositories of the registries view again.
import type { App } from '../../app.ts';

export async function clearRegistryFilter(app: App, _target?: unknown, _options?: object): Promise<void> {
  app.catalog.setFilter('');
}
