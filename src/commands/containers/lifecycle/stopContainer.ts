// Stops running containers: the stop signal first, SIGKILL when the time is over.
import type { App } from '../../../app.ts';
import { t } from '../../../model/l10n.ts';
import { type StopOptions, stopAll } from '../../../steps/containers/stop.ts';
import { containersOf, type ManyResult, type ManyTarget, resultOf } from '../../../steps/life.ts';

/** Stops one container, or all that are selected, side by side. Resolves with the last one's id, and with all ids where they were several. */
export async function stopContainer(app: App, target?: ManyTarget, options?: StopOptions): Promise<ManyResult> {
  const containers = await containersOf(app, target, {
    title: t('Stop Container'),
    states: ['running', 'paused', 'restarting'],
  });
  await stopAll(app, containers, options);
  return resultOf(containers);
}
