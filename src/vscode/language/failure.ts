// What the start of the window and the client, which is loaded later, both say of a server that fails.
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';

/** A failure of the server, with the ways out of it. */
export function serverFailure(message: string): UserError {
  return new UserError('language-server', message, {
    actions: [
      { label: t('Restart the Server'), command: 'docknotes.restartServer' },
      { label: t('Show Log'), command: 'docknotes.showLog' },
    ],
  });
}
