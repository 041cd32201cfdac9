// Pauses containers: their processes stand still and keep their memory.
import type { App } from '../../../app/index.ts';
import { t } from '../../../model/l10n.ts';
import { chooseContainers } from '../../../steps/containers/choose.ts';
import { each, type ManyResult, resultOf } from '../../../steps/several.ts';
import type { Target } from '../../../steps/target.ts';

export async function pauseContainer(
  app: Pick<App, 'engine' | 'ui' | 'log'>,
  target?: Target,
  _options?: object,
): Promise<ManyResult> {
  const containers = await chooseContainers(app, target, { title: t('Pause Container'), states: ['running'] });
  const client = await app.engine.client();
  await each(app, containers, ({ id }) => client.containers.pause(id));
  return resultOf(containers);
}
