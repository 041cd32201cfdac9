// Which networks a command is about.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { isBuiltIn } from '../../model/networks/predefined.ts';
import type { Network } from '../../model/objects.ts';
import { plain } from '../../model/text.ts';
import { namesOf, rowsOf, type Target } from '../target.ts';

/** Networks by name or id. A string that the engine does not know is passed on: its own words say so. */
export async function chooseNetworks(
  app: Pick<App, 'engine' | 'ui'>,
  target: Target,
  prompt: { title: string; offer?: (network: Network) => boolean },
): Promise<{ id: string; name: string }[]> {
  const networks = await app.engine.inventory.all('networks');
  const names = namesOf(target);
  if (names) {
    return names.map((name) => networks.find((n) => n.name === name || n.id === name) ?? { id: name, name });
  }
  const rows = rowsOf(target).flatMap((row) =>
    row.type === 'network' ? networks.filter(({ id }) => id === row.id) : [],
  );
  if (rows.length > 0) {
    return rows;
  }
  const offered = networks.filter(prompt.offer ?? (() => true));
  const choices = offered.map((network) => ({
    label: plain(network.name, 200),
    description: [network.driver, ...network.subnets].map((part) => plain(part, 60)).join(' · '),
    icon: 'type-hierarchy',
    value: network,
  }));
  const empty = t('There is no such network. Create one first.');
  return [await app.ui.pick(choices, { title: prompt.title, placeholder: t('Choose a network'), empty })];
}

/** A network that a person made. */
export const isOwnNetwork = (network: Network) => !isBuiltIn(network);
