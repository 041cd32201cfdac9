// Creates a network.
import type { App } from '../../app.ts';
import type { NetworkOptions } from '../../engine/types.ts';
import { t } from '../../model/l10n.ts';
import { checkSubnets } from '../../model/networks/predefined.ts';
import { checkObjectName } from '../../model/objectName.ts';
import { joinWords, splitWords } from '../../model/run/shell/split.ts';
import { checkPairs, pairsOf } from '../../steps/pairs.ts';

type Field = 'create' | 'driver' | 'subnets' | 'internal' | 'options' | 'labels';

/** `target` is the network's name. Resolves with its id. */
export async function createNetwork(
  app: App,
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

async function askName(app: App): Promise<string> {
  return app.ui.input({
    title: t('Create Network'),
    prompt: t('Name; containers in it find each other by their names'),
    check: checkObjectName,
  });
}

async function ask(app: App, name: string): Promise<Partial<NetworkOptions>> {
  const title = t('Create Network {0}', name);
  const made = {
    driver: 'bridge',
    subnets: [] as string[],
    internal: false,
    options: [] as string[],
    labels: [] as string[],
  };
  for (;;) {
    const none = t('none');
    const field = await app.ui.pick<Field>(
      [
        { label: t('Create'), icon: 'check', value: 'create' },
        { label: t('Driver'), description: made.driver, icon: 'edit', value: 'driver', group: t('Options') },
        {
          label: t('Subnets'),
          description: made.subnets.join(' ') || t('chosen by the engine'),
          icon: 'edit',
          value: 'subnets',
        },
        {
          label: t('Internal'),
          description: made.internal ? t('yes: nothing outside can be reached') : t('no'),
          icon: 'edit',
          value: 'internal',
        },
        { label: t('Driver options'), description: joinWords(made.options) || none, icon: 'edit', value: 'options' },
        { label: t('Labels'), description: joinWords(made.labels) || none, icon: 'edit', value: 'labels' },
      ],
      { title, placeholder: t('Enter creates it') },
    );
    switch (field) {
      case 'create':
        return {
          driver: made.driver,
          subnets: made.subnets,
          internal: made.internal,
          ...(made.options.length > 0 && { options: pairsOf(made.options) }),
          ...(made.labels.length > 0 && { labels: pairsOf(made.labels) }),
        };
      case 'driver':
        made.driver = await askDriver(app, title);
        break;
      case 'internal':
        made.internal = !made.internal;
        break;
      case 'subnets':
        made.subnets = splitWords(
          await app.ui.input({
            title,
            prompt: t('Subnets in CIDR form, separated by spaces; leave it empty to let the engine choose'),
            value: made.subnets.join(' '),
            placeholder: '172.30.0.0/16 fd00:1::/64',
            check: (value) => checkSubnets(splitWords(value)),
          }),
        );
        break;
      default:
        made[field] = splitWords(
          await app.ui.input({
            title,
            prompt:
              field === 'options'
                ? t('Options of the driver as name=value, separated by spaces; put a value with spaces in quotes')
                : t('Labels as name=value, separated by spaces; put a value with spaces in quotes'),
            value: joinWords(made[field]),
            placeholder: field === 'options' ? 'com.docker.network.driver.mtu=1450' : 'team=shop',
            check: checkPairs,
          }),
        );
    }
  }
}

async function askDriver(app: App, title: string): Promise<string> {
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
