// Stops running containers: the stop signal first, SIGKILL when the time is over.
import type { App } from '../../../app/index.ts';
import { t } from '../../../model/l10n.ts';
import { chooseContainers } from '../../../steps/containers/choose.ts';
import { type StopOptions, stopAll } from '../../../steps/containers/stop.ts';
import { type ManyResult, resultOf } from '../../../steps/several.ts';
import type { Target } from '../../../steps/target.ts';

/** Stops one container, or all that are selected, side by side. Resolves with the last one's id, and with all ids where they were several. */
export async function stopContainer(
  app: Pick<App, 'engine' | 'ui' | 'log'>,
  target?: Target,
  options?: StopOptions,
): Promise<ManyResult> {
  const containers = await chooseContainers(app, target, {
    title: t('Stop Container'),
    states: ['running', 'paused', 'restarting'],
  });
  await stopAll(app, containers, options);
  return resultOf(containers);
}
