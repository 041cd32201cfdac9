// Starts containers that were created or have ended, and lets paused ones go on.
import type { App } from '../../../app.ts';
import { t } from '../../../model/l10n.ts';
import { containersOf, each, type ManyResult, type ManyTarget, resultOf } from '../../../steps/life.ts';

/** Starts one container, or all that are selected. Resolves with the last one's id, and with all ids where they were several. */
export async function startContainer(app: App, target?: ManyTarget, _options?: object): Promise<ManyResult> {
  const containers = await containersOf(app, target, {
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
