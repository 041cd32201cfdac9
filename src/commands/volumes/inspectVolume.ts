// Shows all that the engine knows of a volume.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { showInspection } from '../../steps/inspect.ts';
import type { Target } from '../../steps/target.ts';
import { chooseVolumes } from '../../steps/volumes/choose.ts';

export async function inspectVolume(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  _options?: object,
): Promise<{ volume: string; text: string }> {
  const [volume = ''] = await chooseVolumes(app, target, { title: t('Inspect Volume') });
  const raw = await (await app.engine.client()).volumes.inspect(volume);
  return { volume, text: await showInspection(app, volume, raw) };
}
