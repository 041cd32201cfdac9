// Lets paused containers go on.
import type { App } from '../../../app.ts';
import { t } from '../../../model/l10n.ts';
import { containersOf, each, type ManyResult, type ManyTarget, resultOf } from '../../../steps/life.ts';

export async function unpauseContainer(app: App, target?: ManyTarget, _options?: object): Promise<ManyResult> {
  const containers = await containersOf(app, target, { title: t('Unpause Container'), states: ['paused'] });
  const client = await app.engine.client();
  await each(app, containers, ({ id }) => client.containers.unpause(id));
  return resultOf(containers);
}
