// Disconnects a container from a network.
import type { App } from '../../app/index.ts';
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';
import { chooseContainer } from '../../steps/containers/choose.ts';
import { rowsOf, type Target } from '../../steps/target.ts';

export interface DisconnectNetworkOptions {
  /** Name or id of the network; it is asked when absent and the row does not say it. */
  network?: string;
  /** Also where the container does not answer any more. */
  force?: boolean;
}

/** `target` is a container, or its row below a network or a network's row below it. */
export async function disconnectNetwork(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  options?: DisconnectNetworkOptions,
): Promise<{ container: string; network: string }> {
  const title = t('Disconnect from Network');
  const { id, name } = await chooseContainer(app, target, { title });
  const row = rowsOf(target).find((each) => each.type === 'membership');
  const network = options?.network ?? row?.network ?? (await ask());
  const client = await app.engine.client();
  await client.networks.disconnect(network, id, { force: options?.force === true });
  return { container: id, network };

  async function ask(): Promise<string> {
    const networks = app.engine.inventory.peek('containers', id)?.networks ?? [];
    if (networks.length === 0) {
      throw new UserError('no-network', t('{0} is in no network.', name));
    }
    return app.ui.pick(
      networks.map((value) => ({ label: plain(value, 200), icon: 'type-hierarchy', value })),
      { title: t('Disconnect {0}', name), placeholder: t('Choose a network') },
    );
  }
}
