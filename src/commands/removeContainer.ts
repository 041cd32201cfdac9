// Removes containers, after saying which ones and what goes with them.
import type { App } from '../app.ts';
import { t } from '../model/l10n.ts';
import { chooseContainers, type Target } from '../steps/choose.ts';

export interface RemoveContainerOptions {
  /** Kills it first when it is running. */
  force?: boolean;
  /** Removes its anonymous volumes too. */
  volumes?: boolean;
}

/** Removes one container, or all that are selected. Given `options`, nothing is asked. */
export async function removeContainer(
  app: App,
  target?: Target,
  options?: RemoveContainerOptions,
): Promise<{ id: string }> {
  const containers = await chooseContainers(app, target, { title: t('Remove Container') });
  const running = containers.filter(({ id }) => {
    const state = app.engine.inventory.peek('containers', id)?.state;
    return state === 'running' || state === 'paused' || state === 'restarting';
  });
  if (!options) {
    const names = containers.map(({ name }) => name).join(', ');
    await app.ui.confirm(
      containers.length === 1 ? t('Remove container {0}?', names) : t('Remove {0} containers?', containers.length),
      [
        ...(containers.length > 1 ? [names] : []),
        t('Its file system and logs are lost; named volumes and the image stay.'),
        ...(running.length
          ? [t('Still running, and will be killed: {0}', running.map(({ name }) => name).join(', '))]
          : []),
      ].join('\n\n'),
      t('Remove'),
    );
  }
  const client = await app.engine.client();
  for (const container of containers) {
    const force = options ? options.force === true : running.includes(container);
    await client.removeContainer(container.id, { force, volumes: options?.volumes === true });
  }
  return { id: containers.at(-1)?.id ?? '' };
}
