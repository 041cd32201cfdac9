// Removes volumes with all that is in them, after saying which ones.
import type { App } from '../app.ts';
import { t } from '../model/l10n.ts';
import { usersOf } from '../model/sharedVolumes.ts';
import { confirmWithNote, each, listed, type ManyTarget, volumesOf } from '../steps/life.ts';

export interface RemoveVolumeOptions {
  /** Also where its driver does not answer any more. */
  force?: boolean;
}

/** Resolves with the names. The engine refuses a volume that a container has, running or not. */
export async function removeVolume(
  app: App,
  target?: ManyTarget,
  options?: RemoveVolumeOptions,
): Promise<{ names: string[] }> {
  const names = await volumesOf(app, target, { title: t('Remove Volume') });
  if (!options) {
    const containers = await app.engine.inventory.all('containers');
    const users = [...new Set(names.flatMap((name) => usersOf(containers, name)))].map(({ name }) => name);
    await confirmWithNote(app, {
      question: names.length === 1 ? t('Remove volume {0}?', listed(names)) : t('Remove {0} volumes?', names.length),
      detail: [
        ...(names.length > 1 ? [listed(names, 20)] : []),
        t('All its files are lost. Back it up first if you may need them.'),
        ...(users.length > 0
          ? [t('These containers have it, and the engine refuses while they are there: {0}', listed(users))]
          : []),
      ].join('\n\n'),
      button: t('Remove'),
      note: 'run.volumes-from',
    });
  }
  const client = await app.engine.client();
  await each(app, names, async (name) => {
    await client.files.release(name);
    await client.removeVolume(name, { force: options?.force === true });
  });
  return { names };
}
