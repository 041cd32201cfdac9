// Restarts containers.
import type { App } from '../app.ts';
import { t } from '../model/l10n.ts';
import { chooseContainers, type Target } from '../steps/choose.ts';

export interface RestartOptions {
  /** Seconds until the engine kills it; the container's own value (10 by default) when absent. */
  timeout?: number;
}

/** Restarts one container, or all that are selected. Resolves with the last one's id. */
export async function restartContainer(app: App, target?: Target, options?: RestartOptions): Promise<{ id: string }> {
  const containers = await chooseContainers(app, target, { title: t('Restart Container') });
  const client = await app.engine.client();
  for (const { id, name } of containers) {
    await app.ui.progress(t('Restarting {0}', name), () => client.restartContainer(id, options));
  }
  return { id: containers.at(-1)?.id ?? '' };
}
