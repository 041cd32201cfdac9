// Shows all that the engine knows of an image.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { chooseImage } from '../../steps/images/choose.ts';
import { showInspection } from '../../steps/inspect.ts';
import type { Target } from '../../steps/target.ts';

export async function inspectImage(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  _options?: object,
): Promise<{ id: string; text: string }> {
  const { ref } = await chooseImage(app, target, { title: t('Inspect Image') });
  const { id, raw } = await (await app.engine.client()).images.inspect(ref);
  return { id, text: await showInspection(app, ref, raw) };
}
