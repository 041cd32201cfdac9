// The networks view: networks with the containers that are in them.
import type { App } from '../app.ts';
import { compareNames } from '../model/arrange.ts';
import { type FilterElement, keyOf, type MembershipElement, type NetworkElement } from '../model/elements.ts';
import { formatAge, named, shortId } from '../model/format.ts';
import { t } from '../model/l10n.ts';
import { addressesIn, isBuiltIn } from '../model/networks/predefined.ts';
import type { Container, Network } from '../model/objects.ts';
import { escapeMarkdown, plain } from '../model/text.ts';
import { membershipRow } from './containers/rows.ts';
import { tooltipById } from './containers/tooltip.ts';
import { listView } from './objectList.ts';
import { aloud, described, factLine, linesOf } from './rowText.ts';
import type { Row, View } from './types.ts';

export type NetworksRow = NetworkElement | MembershipElement | FilterElement;

/** The view of the engine's networks. Works until it is disposed of; holds the ids that it listed last. */
export function networksView(app: Pick<App, 'engine' | 'filters'>): View<NetworksRow> {
  const { inventory } = app.engine;
  /** Ids by name: a container knows its networks by their names. */
  const ids = new Map<string, string>();
  return listView<'networks', Network, NetworksRow>(app, {
    id: 'networks',
    usedBy: ({ networks }) => networks,
    items(networks) {
      ids.clear();
      for (const { name, id } of networks) {
        ids.set(name, id);
      }
      return [...networks].sort(byName);
    },
    words: ({ name, id, driver, subnets }, users) => [
      ...[name, id, driver, ...subnets],
      ...users.of(name).map((user) => user.name),
    ],
    rows: (found) => found.map(({ id }) => ({ type: 'network', id })),
    rowKey: (id) => keyOf({ type: 'network', id }),
    usedRows: (names) => names.flatMap((name) => ids.get(name) ?? []).map((id) => keyOf({ type: 'network', id })),
    types: ({ users, filter }) => ({
      network: {
        row({ id }) {
          const network = inventory.peek('networks', id);
          return networkRow(id, network, users.count(network?.name ?? ''));
        },
        children({ id }) {
          const network = inventory.peek('networks', id);
          return network ? membersOf(network, users.of(network.name)) : [];
        },
        tooltip({ id }) {
          const network = inventory.peek('networks', id);
          return network && networkTooltip(app, network, users.of(network.name));
        },
      },
      membership: {
        row: (element) => membershipRow(element, inventory.peek('containers', element.container)),
        tooltip: ({ container }) => tooltipById(app, container),
        parent({ network }) {
          const id = ids.get(network);
          return id === undefined ? undefined : { type: 'network', id };
        },
      },
      filter: filter.type,
    }),
  });
}

function membersOf({ name }: Network, users: readonly Container[]): MembershipElement[] {
  return users.map(({ id }) => ({ type: 'membership', container: id, network: name, under: 'network' }));
}

/** The networks that every engine has stand at the end. */
function byName(a: Network, b: Network): number {
  return Number(isBuiltIn(a)) - Number(isBuiltIn(b)) || compareNames(a.name, b.name);
}

function networkRow(id: string, network: Network | undefined, users: number): Row {
  if (!network) {
    return { label: shortId(id), kind: 'message' };
  }
  const label = plain(network.name, 200);
  const description = described([
    plain(network.driver, 60),
    network.subnets.map((subnet) => plain(subnet, 60)).join(', '),
    network.internal ? t('internal') : '',
    users === 0 ? '' : users === 1 ? t('1 container') : t('{0} containers', users),
  ]);
  return {
    label,
    description,
    icon: { name: 'type-hierarchy' },
    kind: isBuiltIn(network) ? 'network.builtIn' : 'network',
    ...(users > 0 && { expand: 'collapsed' as const }),
    spoken: t('Network {0}, {1}', label, aloud(description)),
  };
}

async function networkTooltip(
  app: Pick<App, 'engine'>,
  network: Network,
  users: readonly Container[],
): Promise<string> {
  const addresses = await app.engine
    .client()
    .then((client) => client.networks.inspect(network.id))
    .then(addressesIn)
    .catch(() => new Map<string, string>());
  return linesOf([
    `**${escapeMarkdown(network.name)}**`,
    factLine(t('Driver'), network.driver),
    factLine(t('Subnets'), network.subnets.join(', ')),
    factLine(t('Scope'), network.scope),
    network.internal ? escapeMarkdown(t('Internal: its containers reach nothing outside.')) : '',
    network.created > 0 ? named(t('Created'), formatAge(network.created)) : '',
    ...users
      .slice(0, 30)
      .map(({ id, name }) =>
        factLine(t('Container'), [plain(name, 100), addresses.get(id) ?? ''].filter(Boolean).join(' ')),
      ),
    network.name === 'bridge'
      ? escapeMarkdown(
          t('On the default bridge, containers do not find each other by name. A network of your own has names.'),
        )
      : '',
    named(t('Id'), shortId(network.id)),
  ]);
}
