// Asks the engine, or one registry, for everything afresh.
import type { App } from '../../app/index.ts';
import type { Target } from '../../steps/target.ts';

/** On a row of the registries view, or that of a container's changed files, only that row; else everything that is shown. */
export async function refresh(
  app: Pick<App, 'engine' | 'engines' | 'changes' | 'registries'>,
  target?: Target,
  _options?: object,
): Promise<void> {
  if (target && typeof target === 'object' && 'type' in target) {
    if (target.type === 'registry') {
      app.registries.touch({ registry: target.registry });
      return;
    }
    if (target.type === 'repository') {
      app.registries.touch({ registry: target.registry, repository: target.name });
      return;
    }
    if (target.type === 'changes') {
      app.changes.forget(target.container);
      return;
    }
  }
  app.registries.touch({});
  app.changes.forget();
  app.engines.refresh();
  await app.engine.inventory.refresh();
}
