// Starts containers that were created or have ended, and lets paused ones go on.
import type { App } from '../../../app/index.ts';
import { t } from '../../../model/l10n.ts';
import { chooseContainers } from '../../../steps/containers/choose.ts';
import { each, type ManyResult, resultOf } from '../../../steps/several.ts';
import type { Target } from '../../../steps/target.ts';

/** Starts one container, or all that are selected. Resolves with the last one's id, and with all ids where they were several. */
export async function startContainer(
  app: Pick<App, 'engine' | 'ui' | 'log'>,
  target?: Target,
  _options?: object,
): Promise<ManyResult> {
  const containers = await chooseContainers(app, target, {
    title: t('Start Container'),
    states: ['created', 'exited', 'dead', 'paused'],
  });
  const client = await app.engine.client();
  await each(app, containers, ({ id }) =>
    app.engine.inventory.peek('containers', id)?.state === 'paused'
      ? client.containers.unpause(id)
      : client.containers.start(id),
  );
  return resultOf(containers);
}
