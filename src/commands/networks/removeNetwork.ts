// Removes networks, after saying which ones.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { confirmWithNote } from '../../steps/confirm.ts';
import { chooseNetworks, isOwnNetwork } from '../../steps/networks/choose.ts';
import { each, listed } from '../../steps/several.ts';
import type { Target } from '../../steps/target.ts';

/** Resolves with the names. The engine refuses a network in which a container runs. */
export async function removeNetwork(
  app: Pick<App, 'engine' | 'ui' | 'log'>,
  target?: Target,
  options?: object,
): Promise<{ names: string[] }> {
  const networks = await chooseNetworks(app, target, { title: t('Remove Network'), offer: isOwnNetwork });
  const names = networks.map(({ name }) => name);
  if (!options) {
    const containers = await app.engine.inventory.all('containers');
    const users = containers.filter((each) => each.networks.some((name) => names.includes(name)));
    await confirmWithNote(app, {
      question: names.length === 1 ? t('Remove network {0}?', listed(names)) : t('Remove {0} networks?', names.length),
      detail: [
        ...(names.length > 1 ? [listed(names, 20)] : []),
        ...(users.length > 0
          ? [
              t(
                'These containers are in it: {0}. The engine refuses while they run, and one that was stopped cannot start without it.',
                listed(users.map(({ name }) => name)),
              ),
            ]
          : [t('No container is in it.')]),
      ].join('\n\n'),
      button: t('Remove'),
      note: 'run.network',
    });
  }
  const client = await app.engine.client();
  await each(app, networks, ({ id }) => client.networks.remove(id));
  return { names };
}
