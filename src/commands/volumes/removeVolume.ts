// Removes volumes with all that is in them, after saying which ones.
import type { App } from '../../app/index.ts';
import { EngineError } from '../../model/engines/error.ts';
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';
import { usersOf } from '../../model/volumes/shared.ts';
import { confirmWithNote } from '../../steps/confirm.ts';
import { each, listed } from '../../steps/several.ts';
import type { Target } from '../../steps/target.ts';
import { chooseVolumes } from '../../steps/volumes/choose.ts';

export interface RemoveVolumeOptions {
  /** Also where its driver does not answer any more. */
  force?: boolean;
}

/** Resolves with the names. The engine refuses a volume that a container has, running or not. */
export async function removeVolume(
  app: Pick<App, 'engine' | 'ui' | 'log'>,
  target?: Target,
  options?: RemoveVolumeOptions,
): Promise<{ names: string[] }> {
  const names = await chooseVolumes(app, target, { title: t('Remove Volume') });
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
    try {
      await client.volumes.remove(name, { force: options?.force === true });
    } catch (error) {
      throw isInUse(error) ? await inUse(app, name, error) : error;
    }
  });
  return { names };
}

/** The engine's words have ids only: "volume is in use - [ab12…]", and Podman's "volume is being used". */
function isInUse(error: unknown): boolean {
  return error instanceof EngineError && /volume is (?:in use|being used)/i.test(error.message);
}

async function inUse(app: Pick<App, 'engine'>, name: string, cause: unknown): Promise<UserError> {
  const users = usersOf(await app.engine.inventory.all('containers'), name).map((user) => user.name);
  return new UserError(
    'volume-in-use',
    users.length > 0
      ? t(
          'The volume {0} cannot be removed while these containers have it, running or not: {1}. Remove them first.',
          plain(name, 100),
          listed(users),
        )
      : t(
          'The volume {0} is in use, though no container that is listed has it. Another window or program may be reading its files: try again in a few seconds.',
          plain(name, 100),
        ),
    { cause },
  );
}
