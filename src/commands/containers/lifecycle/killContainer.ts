// Sends a signal to the main process of containers.
import type { App } from '../../../app/index.ts';
import { signalOffers } from '../../../model/containers/signals.ts';
import { t } from '../../../model/l10n.ts';
import { chooseContainers } from '../../../steps/containers/choose.ts';
import { each, listed, type ManyResult, resultOf } from '../../../steps/several.ts';
import type { Target } from '../../../steps/target.ts';

export interface KillOptions {
  /** A name with or without SIG, or a number; SIGKILL when absent. */
  signal?: string;
}

/** Resolves as soon as the signal is sent: whether it ends the container is up to its process. */
export async function killContainer(
  app: Pick<App, 'engine' | 'ui' | 'log'>,
  target?: Target,
  options?: KillOptions,
): Promise<ManyResult> {
  const containers = await chooseContainers(app, target, {
    title: t('Send Signal to Container'),
    states: ['running', 'paused', 'restarting'],
  });
  const names = listed(containers.map(({ name }) => name));
  const signal = options ? options.signal : await askSignal(app, t('Send a signal to {0}', names));
  const client = await app.engine.client();
  await each(app, containers, ({ id }) => client.containers.kill(id, signal));
  return resultOf(containers);
}

async function askSignal(app: Pick<App, 'ui'>, title: string): Promise<string> {
  // Without an answer it is SIGKILL, as in `docker kill`.
  const offers = signalOffers();
  const kill = offers.filter(({ name }) => name === 'SIGKILL');
  return app.ui.pick(
    [...kill, ...offers.filter((offer) => !kill.includes(offer))].map(({ name, meaning }) => ({
      label: name,
      description: meaning,
      icon: 'zap',
      value: name,
    })),
    { title, placeholder: t('It goes to process 1 of the container') },
  );
}
