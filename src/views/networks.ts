// The networks view: networks with the containers that are in them.
import type { App } from '../app.ts';
import { compareNames, matches } from '../model/arrange.ts';
import { type FilterElement, keyOf, type MembershipElement, type NetworkElement } from '../model/elements.ts';
import { Emitter } from '../model/event.ts';
import { formatAge, named, shortId } from '../model/format.ts';
import { t } from '../model/l10n.ts';
import { addressesIn, isBuiltIn } from '../model/networks/predefined.ts';
import type { Container, Network } from '../model/objects.ts';
import { escapeMarkdown, plain } from '../model/text.ts';
import { membershipRow } from './containers/rows.ts';
import { containerTooltip } from './containers/tooltip.ts';
import { filterRow } from './filterRow.ts';
import { rowsFor } from './touched.ts';
import type { Row, RowChange, View } from './types.ts';
import { followUsers } from './usedBy.ts';

export type NetworksRow = NetworkElement | MembershipElement | FilterElement;

export function networksView(app: App): View<NetworksRow> {
  const { inventory } = app.engine;
  const { filters } = app;
  const changed = new Emitter<RowChange>();
  /** Ids by name: a container knows its networks by their names. */
  const ids = new Map<string, string>();
  let counts = { found: 0, all: 0 };
  const users = followUsers(
    inventory,
    ({ networks }) => networks,
    (names) => changed.fire(names?.flatMap((name) => ids.get(name) ?? []).map((id) => keyOf({ type: 'network', id }))),
  );
  const listening = [
    users,
    inventory.onChange((change) => {
      if (change.kind === 'networks') {
        changed.fire(rowsFor(change, (id) => keyOf({ type: 'network', id })));
      }
    }),
    filters.onChange((view) => {
      if (view === 'networks') {
        changed.fire(undefined);
      }
    }),
  ];

  return {
    id: 'networks',
    onChange: changed.event,

    async children(element) {
      if (element?.type === 'network') {
        const network = inventory.peek('networks', element.id);
        return network
          ? users.of(network.name).map(
              ({ id }): NetworksRow => ({
                type: 'membership',
                container: id,
                network: network.name,
                under: 'network',
              }),
            )
          : [];
      }
      if (element) {
        return [];
      }
      const networks = await inventory.all('networks').catch((): readonly Network[] => []);
      await users.ready();
      ids.clear();
      for (const { name, id } of networks) {
        ids.set(name, id);
      }
      const filter = filters.get('networks');
      const found = networks.filter(({ name, id, driver, subnets }) =>
        matches([name, id, driver, ...subnets, ...users.of(name).map((user) => user.name)], filter),
      );
      counts = { found: found.length, all: networks.length };
      const rows = found.sort(byName).map(({ id }): NetworksRow => ({ type: 'network', id }));
      return filter ? [{ type: 'filter', view: 'networks' }, ...rows] : rows;
    },

    row(element) {
      switch (element.type) {
        case 'network': {
          const network = inventory.peek('networks', element.id);
          return networkRow(element.id, network, users.count(network?.name ?? ''));
        }
        case 'membership':
          return membershipRow(element, inventory.peek('containers', element.container));
        case 'filter':
          return filterRow(element, filters.get('networks'), counts);
      }
    },

    async tooltip(element) {
      if (element.type === 'network') {
        const network = inventory.peek('networks', element.id);
        return network && networkTooltip(app, network, users.of(network.name));
      }
      const container = element.type === 'membership' ? inventory.peek('containers', element.container) : undefined;
      return container && containerTooltip(app, container);
    },

    parent(element) {
      const id = element.type === 'membership' ? ids.get(element.network) : undefined;
      return id === undefined ? undefined : { type: 'network', id };
    },

    dispose() {
      for (const each of listening) {
        each.dispose();
      }
      changed.dispose();
    },
  };
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
  const description = [
    plain(network.driver, 60),
    network.subnets.map((subnet) => plain(subnet, 60)).join(', '),
    network.internal ? t('internal') : '',
    users === 0 ? '' : users === 1 ? t('1 container') : t('{0} containers', users),
  ]
    .filter(Boolean)
    .join(' · ');
  return {
    label,
    description,
    icon: { name: 'type-hierarchy' },
    kind: isBuiltIn(network) ? 'network.builtIn' : 'network',
    ...(users > 0 && { expand: 'collapsed' as const }),
    spoken: t('Network {0}, {1}', label, description.replaceAll(' · ', ', ')),
  };
}

async function networkTooltip(app: App, network: Network, users: readonly Container[]): Promise<string> {
  const addresses = await app.engine
    .client()
    .then((client) => client.networks.inspect(network.id))
    .then(addressesIn)
    .catch(() => new Map<string, string>());
  const line = (name: string, value: string) => (value ? named(name, escapeMarkdown(value, 400)) : '');
  return [
    `**${escapeMarkdown(network.name)}**`,
    line(t('Driver'), network.driver),
    line(t('Subnets'), network.subnets.join(', ')),
    line(t('Scope'), network.scope),
    network.internal ? escapeMarkdown(t('Internal: its containers reach nothing outside.')) : '',
    network.created > 0 ? named(t('Created'), formatAge(network.created)) : '',
    ...users
      .slice(0, 30)
      .map(({ id, name }) =>
        line(t('Container'), [plain(name, 100), addresses.get(id) ?? ''].filter(Boolean).join(' ')),
      ),
    network.name === 'bridge'
      ? escapeMarkdown(
          t('On the default bridge, containers do not find each other by name. A network of your own has names.'),
        )
      : '',
    named(t('Id'), shortId(network.id)),
  ]
    .filter(Boolean)
    .join('  \n');
}
