// The shell that commands run with at a place, or why there is none.
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import type { Shell } from '../exec/script.ts';
import { pullBusybox } from './failures.ts';
import type { Place } from './place.ts';

/** The shell that runs commands there. Rejects with the sentence that says why there is none: `no-shell`, `start-first`. */
export async function commandShell(place: Place): Promise<Shell> {
  const shell = await place.shell();
  if (!shell) {
    throw noShell(place);
  }
  return shell;
}

/** The way to run commands, unless there is none or the person does not want it. */
export async function allowedShell(place: Place): Promise<Shell | undefined> {
  try {
    return await place.shell();
  } catch (error) {
    if (error instanceof UserError && error.code === 'foreign-helper') {
      return undefined;
    }
    throw error;
  }
}

function noShell({ owner, running }: Place): UserError {
  if (owner.type === 'volume') {
    return new UserError(
      'no-shell',
      t(
        'The engine itself cannot delete or rename files. Docknotes does it with a helper container, and no image on this engine has a shell for that. Pull a small image, for example busybox.',
      ),
      { actions: [pullBusybox()] },
    );
  }
  return running
    ? new UserError(
        'no-shell',
        t(
          'The engine itself cannot delete or rename files. Docknotes does it with the shell of the container, and this container has none. Change the image, or keep such files in a volume.',
        ),
      )
    : new UserError(
        'start-first',
        t(
          'The engine itself cannot delete or rename files. Docknotes does it with the shell of the container, so the container must be running. Start it and try again.',
        ),
        { actions: [{ label: t('Start'), command: 'docknotes.startContainer', args: [owner.id] }] },
      );
}
