// Saves that can destroy a file when they fail, and the question before them.
import { Cancelled, UserError } from '../errors.ts';
import { t } from '../l10n.ts';
import { plain } from '../text.ts';
import { baseName } from './entry.ts';

/** Why a save can lose both versions of a file when it fails. */
export type UnsafeSave =
  /** The container does not run. */
  | 'stopped'
  /** No shell, no program that is needed, or no right to keep the owner. */
  | 'no-shell'
  /** A volume, and no image on this engine has a shell that could do it. */
  | 'no-helper';

/**
 * A function that asks once for each container or volume, also when several of its files are saved at the same moment.
 * After a no, nothing is saved (a UserError, `not-saved`), and the next save asks again.
 */
export function createAgreement(
  confirm: (question: string, detail: string, button: string) => Promise<void>,
): (owner: string, path: string, why: UnsafeSave) => Promise<void> {
  const agreed = new Map<string, Promise<void>>();
  return async (owner, path, why) => {
    const asking =
      agreed.get(owner) ??
      confirm(
        t('Save {0}, although a failure could destroy it?', plain(baseName(path), 100)),
        `${reasonOf(why)}\n\n${t('You are asked once for all files here.')}`,
        t('Save Anyway'),
      );
    agreed.set(owner, asking);
    try {
      await asking;
    } catch (error) {
      if (agreed.get(owner) === asking) {
        agreed.delete(owner);
      }
      throw error instanceof Cancelled
        ? new UserError('not-saved', t('{0} was not saved: it is as it was.', plain(path, 200)))
        : error;
    }
  };
}

function reasonOf(why: UnsafeSave): string {
  switch (why) {
    case 'stopped':
      return t(
        'The container does not run, so the engine itself writes the file, and removes the old version first. Should the disk be full or the engine end at that moment, neither version is left. Start the container for a safe save.',
      );
    case 'no-shell':
      return t(
        'The container has no shell that could put the new version beside the old one, so the engine itself writes the file, and removes the old version first. Should the disk be full or the engine end at that moment, neither version is left. Keep a copy.',
      );
    case 'no-helper':
      return t(
        'No image that Docknotes may use has a shell that could put the new version beside the old one, so the engine itself writes the file, and removes the old version first. Should the disk be full or the engine end at that moment, neither version is left. Pull busybox for a safe save, or keep a copy.',
      );
  }
}
