// Our commands by name, and what failures offer to do.
import * as vscode from 'vscode';
import type { CommandArguments, CommandId, CommandName, CommandResult } from '../app/commands.ts';
import type { ErrorAction } from '../model/errors.ts';
import { openWebPage } from './pages/web.ts';

export const prefix = 'docknotes.';

/** The name as the editor knows it. */
export function commandId(name: CommandName): CommandId {
  return `docknotes.${name}`;
}

/** A command with its arguments, for what the editor runs itself: a lens, a row, an entry of the status bar. */
export function commandWith<Name extends CommandName>(
  name: Name,
  ...args: CommandArguments<Name>
): { command: CommandId; arguments: CommandArguments<Name> } {
  return { command: commandId(name), arguments: args };
}

/** What a failure offers: one of our commands. */
export function commandAction<Name extends CommandName>(
  label: string,
  name: Name,
  ...args: CommandArguments<Name>
): ErrorAction {
  return { label, command: commandId(name), args };
}

/** See `Navigation`: it resolves with undefined where a failure was shown. */
export async function runCommand<Name extends CommandName>(
  name: Name,
  ...args: CommandArguments<Name>
): Promise<CommandResult<Name> | undefined> {
  return vscode.commands.executeCommand<CommandResult<Name> | undefined>(commandId(name), ...args);
}

/** Does what a failure offers; rejects where that fails. */
export async function followAction(action: ErrorAction): Promise<void> {
  if ('command' in action) {
    await vscode.commands.executeCommand(action.command, ...(action.args ?? []));
  } else if ('note' in action) {
    await runCommand('openNote', action.note);
  } else {
    await openWebPage(action.url);
  }
}
