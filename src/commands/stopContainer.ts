// Stops running containers: the stop signal first, SIGKILL when the time is over.
import type { App } from '../app.ts';
import { t } from '../model/l10n.ts';
import { chooseContainers, type Target } from '../steps/choose.ts';

export interface StopOptions {
  /** Seconds until the engine kills it; the container's own value (10 by default) when absent. */
  timeout?: number;
  /** The container's own stop signal when absent. */
  signal?: string;
}

/** Stops one container, or all that are selected. Resolves with the last one's id. */
export async function stopContainer(app: App, target?: Target, options?: StopOptions): Promise<{ id: string }> {
  const containers = await chooseContainers(app, target, {
    title: t('Stop Container'),
    states: ['running', 'paused', 'restarting'],
  });
  const client = await app.engine.client();
  for (const { id, name } of containers) {
    await app.ui.progress(t('Stopping {0}', name), () => client.stopContainer(id, options));
  }
  return { id: containers.at(-1)?.id ?? '' };
}
