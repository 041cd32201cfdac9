// Shows all that the engine knows of a container.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { chooseContainer } from '../../steps/containers/choose.ts';
import { showInspection } from '../../steps/inspect.ts';
import type { Target } from '../../steps/target.ts';

export async function inspectContainer(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  _options?: object,
): Promise<{ id: string; text: string }> {
  const { id } = await chooseContainer(app, target, { title: t('Inspect Container') });
  const details = await (await app.engine.client()).containers.inspect(id);
  return { id: details.id, text: await showInspection(app, details.name, details.raw) };
}
