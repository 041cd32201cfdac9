// Starts containers that were created or have ended.
import type { App } from '../app.ts';
import { t } from '../model/l10n.ts';
import { chooseContainers, type Target } from '../steps/choose.ts';

/** Starts one container, or all that are selected. Resolves with the last one's id. */
export async function startContainer(app: App, target?: Target, _options?: object): Promise<{ id: string }> {
  const containers = await chooseContainers(app, target, {
    title: t('Start Container'),
    states: ['created', 'exited', 'dead', 'paused'],
  });
  const client = await app.engine.client();
  for (const { id } of containers) {
    await client.startContainer(id);
  }
  return { id: containers.at(-1)?.id ?? '' };
}
