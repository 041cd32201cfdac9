// What the start of the window and the client, which is loaded later, both know of a server that runs, or fails.
import type * as vscode from 'vscode';
import type { LanguageServer } from '../../app.ts';
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { commandAction } from '../actions.ts';

/** A server that `startLanguageClient` keeps running. */
export interface RunningServer extends LanguageServer, vscode.Disposable {}

/** A failure of the server, with the ways out of it. */
export function serverFailure(message: string): UserError {
  return new UserError('language-server', message, {
    actions: [commandAction(t('Restart the Server'), 'restartServer'), commandAction(t('Show Log'), 'showLog')],
  });
}
