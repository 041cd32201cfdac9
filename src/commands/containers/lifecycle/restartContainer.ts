// Restarts containers.
import type { App } from '../../../app/index.ts';
import { t } from '../../../model/l10n.ts';
import { chooseContainers } from '../../../steps/containers/choose.ts';
import { each, type ManyResult, resultOf } from '../../../steps/several.ts';
import type { Target } from '../../../steps/target.ts';

export interface RestartOptions {
  /** Seconds until the engine kills it; the container's own value (10 by default) when absent. */
  timeout?: number;
}

/** Restarts one container, or all that are selected. Resolves with the last one's id, and with all ids where they were several. */
export async function restartContainer(
  app: Pick<App, 'engine' | 'ui' | 'log'>,
  target?: Target,
  options?: RestartOptions,
): Promise<ManyResult> {
  const containers = await chooseContainers(app, target, { title: t('Restart Container') });
  const client = await app.engine.client();
  await each(app, containers, ({ id, name }) =>
    app.ui.progress(t('Restarting {0}', name), () => client.containers.restart(id, options)),
  );
  return resultOf(containers);
}
