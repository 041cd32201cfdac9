// Pauses containers: their processes stand still and keep their memory.
import type { App } from '../../../app.ts';
import { t } from '../../../model/l10n.ts';
import { containersOf, each, type ManyResult, type ManyTarget, resultOf } from '../../../steps/life.ts';

export async function pauseContainer(app: App, target?: ManyTarget, _options?: object): Promise<ManyResult> {
  const containers = await containersOf(app, target, { title: t('Pause Container'), states: ['running'] });
  const client = await app.engine.client();
  await each(app, containers, ({ id }) => client.containers.pause(id));
  return resultOf(containers);
}
