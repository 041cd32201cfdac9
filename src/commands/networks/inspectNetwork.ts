// Shows all that the engine knows of a network.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { showInspection } from '../../steps/inspect.ts';
import { chooseNetworks } from '../../steps/networks/choose.ts';
import type { Target } from '../../steps/target.ts';

export async function inspectNetwork(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  _options?: object,
): Promise<{ id: string; text: string }> {
  const [network = { id: '', name: '' }] = await chooseNetworks(app, target, { title: t('Inspect Network') });
  const raw = await (await app.engine.client()).networks.inspect(network.id);
  return { id: network.id, text: await showInspection(app, network.name, raw) };
}
