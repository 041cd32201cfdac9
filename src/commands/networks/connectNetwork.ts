// Connects a container to a network, while it runs or before.
import type { App } from '../../app/index.ts';
import type { JoinOptions } from '../../engine/types.ts';
import { t } from '../../model/l10n.ts';
import { chooseContainers } from '../../steps/containers/choose.ts';
import { chooseNetworks } from '../../steps/networks/choose.ts';
import { each, listed } from '../../steps/several.ts';
import { rowsOf, type Target } from '../../steps/target.ts';

export interface ConnectNetworkOptions extends JoinOptions {
  /** Name or id of the network; it is asked when absent. */
  network?: string;
}

/** `target` is a container, or a network's row, for which the container is asked. */
export async function connectNetwork(
  app: Pick<App, 'engine' | 'ui' | 'log'>,
  target?: Target,
  options?: ConnectNetworkOptions,
): Promise<{ containers: string[]; network: string }> {
  const title = t('Connect to Network');
  const fromNetwork = rowsOf(target).some(({ type }) => type === 'network');
  const containers = await chooseContainers(app, fromNetwork ? undefined : target, { title });
  const member = new Set(containers.flatMap(({ id }) => app.engine.inventory.peek('containers', id)?.networks ?? []));
  const [network] = await chooseNetworks(app, options?.network ?? (fromNetwork ? target : undefined), {
    title: t('Connect {0}', listed(containers.map(({ name }) => name))),
    offer: ({ name }) => !member.has(name) && name !== 'host' && name !== 'none',
  });
  const { network: _, ...join } = options ?? {};
  const client = await app.engine.client();
  await each(app, containers, ({ id }) => client.networks.connect(network?.id ?? '', id, join));
  return { containers: containers.map(({ id }) => id), network: network?.name ?? '' };
}
