// Shows all that the engine knows of a volume.
import type { App } from '../../app.ts';
import { t } from '../../model/l10n.ts';
import { showInspection } from '../../steps/inspect.ts';
import { type ManyTarget, volumesOf } from '../../steps/life.ts';

export async function inspectVolume(
  app: App,
  target?: ManyTarget,
  _options?: object,
): Promise<{ volume: string; text: string }> {
  const [volume = ''] = await volumesOf(app, target, { title: t('Inspect Volume') });
  const raw = await (await app.engine.client()).volumes.inspect(volume);
  return { volume, text: await showInspection(app, volume, raw) };
}
