// Stops running containers: the stop signal first, SIGKILL when the time is over.
import type { App } from '../app.ts';
import { t } from '../model/l10n.ts';
import { containersOf, each, type ManyResult, type ManyTarget, resultOf } from '../steps/life.ts';

export interface StopOptions {
  /** Seconds until the engine kills it; the container's own value (10 by default) when absent. */
  timeout?: number;
  /** The container's own stop signal when absent. */
  signal?: string;
}

/** Stops one container, or all that are selected, side by side. Resolves with the last one's id, and with all ids where they were several. */
export async function stopContainer(app: App, target?: ManyTarget, options?: StopOptions): Promise<ManyResult> {
  const containers = await containersOf(app, target, {
    title: t('Stop Container'),
    states: ['running', 'paused', 'restarting'],
  });
  const client = await app.engine.client();
  await each(app, containers, ({ id, name }) =>
    app.ui.progress(t('Stopping {0}', name), () => client.stopContainer(id, options)),
  );
  return resultOf(containers);
}
