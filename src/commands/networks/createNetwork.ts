// Creates a network.
import type { App } from '../../app/index.ts';
import type { NetworkOptions } from '../../engine/types.ts';
import { t } from '../../model/l10n.ts';
import { checkSubnets } from '../../model/networks/predefined.ts';
import { checkObjectName } from '../../model/objectName.ts';
import { splitWords } from '../../model/run/shell/split.ts';
import { askFields } from '../../steps/askFields.ts';
import { pairFields, pairsOf } from '../../steps/pairFields.ts';

/** `target` is the network's name. Resolves with its id. */
export async function createNetwork(
  app: Pick<App, 'engine' | 'ui' | 'log'>,
  target?: unknown,
  options?: Partial<NetworkOptions>,
): Promise<{ id: string; name: string }> {
  const name = typeof target === 'string' ? target : (options?.name ?? (await askName(app)));
  const given = options ?? (await ask(app, name));
  const { id, warning } = await (await app.engine.client()).networks.create({ ...given, name });
  if (warning) {
    app.log.warn(warning);
  }
  return { id, name };
}

async function askName(app: Pick<App, 'ui'>): Promise<string> {
  return app.ui.input({
    title: t('Create Network'),
    prompt: t('Name; containers in it find each other by their names'),
    check: checkObjectName,
  });
}

async function ask(app: Pick<App, 'ui'>, name: string): Promise<Partial<NetworkOptions>> {
  const title = t('Create Network {0}', name);
  const made = { driver: 'bridge', subnets: [] as string[], internal: false, options: [], labels: [] };
  await askFields(app, {
    title,
    placeholder: t('Enter creates it'),
    rows: () => ({
      done: { label: t('Create') },
      fields: [
        {
          label: t('Driver'),
          description: made.driver,
          group: t('Options'),
          async change() {
            made.driver = await askDriver(app, title);
          },
        },
        {
          label: t('Subnets'),
          description: made.subnets.join(' ') || t('chosen by the engine'),
          async change() {
            made.subnets = await askSubnets(app, title, made.subnets);
          },
        },
        {
          label: t('Internal'),
          description: made.internal ? t('yes: nothing outside can be reached') : t('no'),
          change() {
            made.internal = !made.internal;
          },
        },
        ...pairFields(app, title, made, { options: 'com.docker.network.driver.mtu=1450' }),
      ],
    }),
  });
  const { driver, subnets, internal } = made;
  return { driver, subnets, internal, ...pairsOf(made) };
}

async function askSubnets(app: Pick<App, 'ui'>, title: string, now: readonly string[]): Promise<string[]> {
  return splitWords(
    await app.ui.input({
      title,
      prompt: t('Subnets in CIDR form, separated by spaces; leave it empty to let the engine choose'),
      value: now.join(' '),
      placeholder: '172.30.0.0/16 fd00:1::/64',
      check: (value) => checkSubnets(splitWords(value)),
    }),
  );
}

async function askDriver(app: Pick<App, 'ui'>, title: string): Promise<string> {
  const drivers = [
    ['bridge', t('Private to this host, behind its address; the usual one')],
    ['macvlan', t('Each container has an address in the network of the host')],
    ['ipvlan', t('As macvlan, with the MAC address of the host')],
    ['overlay', t('Across the hosts of a swarm')],
  ] as const;
  return app.ui.pick(
    drivers.map(([label, description]) => ({ label, description, icon: 'type-hierarchy', value: label as string })),
    { title, placeholder: t('Choose a driver') },
  );
}
