// Stopping containers, side by side, each with its own progress.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { each } from '../several.ts';
import type { ChosenContainer } from './choose.ts';

export interface StopOptions {
  /** Seconds until the engine kills it, -1 for never; the container's own value (10 by default) when absent. */
  timeout?: number;
  /** The container's own stop signal when absent. */
  signal?: string;
}

export async function stopAll(
  app: Pick<App, 'engine' | 'ui' | 'log'>,
  containers: readonly ChosenContainer[],
  options: StopOptions | undefined,
): Promise<void> {
  const client = await app.engine.client();
  await each(app, containers, ({ id, name }) =>
    app.ui.progress(t('Stopping {0}', name), () => client.containers.stop(id, options)),
  );
}
