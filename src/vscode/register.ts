// Registers every command and is the one boundary where failures are shown.
import * as vscode from 'vscode';
import type { App, Log } from '../app/index.ts';
import { explain } from '../model/engines/help.ts';
import { Cancelled, type ErrorAction, messageOf, UserError } from '../model/errors.ts';
import { t } from '../model/l10n.ts';
import { inert, unlinked } from '../model/text.ts';
import { commandAction, followAction, prefix } from './actions.ts';

interface Manifest {
  contributes: { commands: { command: string }[] };
}

type Handler = (app: App, target?: never, options?: never) => Promise<unknown>;

/** The manifest has their names already, so that their code is loaded only when the first one is called. */
export function registerCommands(app: App, { extension }: vscode.ExtensionContext): vscode.Disposable {
  const { commands } = (extension.packageJSON as Manifest).contributes;
  return vscode.Disposable.from(
    ...commands.map(({ command }) =>
      vscode.commands.registerCommand(command, (target: unknown, second: unknown) =>
        call(app, command.slice(prefix.length), target, second),
      ),
    ),
  );
}

/**
 * From a tree VS Code passes the row and all selected rows; from code, the target and an options object.
 * Called with options, a command rejects for its caller; called by a person, its failure is shown here.
 */
async function call(app: App, name: string, target: unknown, second: unknown): Promise<unknown> {
  const rows = Array.isArray(second) && second.length > 1 ? second : target;
  const options = second && typeof second === 'object' && !Array.isArray(second) ? second : undefined;
  try {
    const commands: Record<string, Handler> = await import('../commands/index.ts');
    return await commands[name]?.(app, rows as never, options as never);
  } catch (error) {
    if (options) {
      throw error instanceof Cancelled ? error : shownByCaller(explain(error));
    }
    if (!(error instanceof Cancelled)) {
      app.log.error(name, error);
      await showFailure(explain(error), app.log);
    }
    return undefined;
  }
}

/** Where a key or a link called, VS Code itself shows the message of what is thrown. */
function shownByCaller(error: UserError): UserError {
  error.message = unlinked(error.message);
  return error;
}

/** Shows a failure with its actions; one without actions gets a way to the log. */
export async function showFailure(error: unknown, log: Log): Promise<void> {
  const actions: readonly ErrorAction[] =
    error instanceof UserError && error.actions.length > 0 ? error.actions : [commandAction(t('Show Log'), 'showLog')];
  const pressed = await vscode.window.showErrorMessage(inert(messageOf(error)), ...actions.map(({ label }) => label));
  const action = actions.find(({ label }) => label === pressed);
  if (!action) {
    return;
  }
  try {
    await followAction(action);
  } catch (failure) {
    log.error(action.label, failure);
  }
}
