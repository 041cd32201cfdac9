// Lets paused containers go on.
import type { App } from '../../../app/index.ts';
import { t } from '../../../model/l10n.ts';
import { chooseContainers } from '../../../steps/containers/choose.ts';
import { each, type ManyResult, resultOf } from '../../../steps/several.ts';
import type { Target } from '../../../steps/target.ts';

export async function unpauseContainer(
  app: Pick<App, 'engine' | 'ui' | 'log'>,
  target?: Target,
  _options?: object,
): Promise<ManyResult> {
  const containers = await chooseContainers(app, target, { title: t('Unpause Container'), states: ['paused'] });
  const client = await app.engine.client();
  await each(app, containers, ({ id }) => client.containers.unpause(id));
  return resultOf(containers);
}
