// The terminal profile "Container": a shell in a container that is picked from the list of new terminals.
import * as vscode from 'vscode';
import type { App } from '../../app/index.ts';
import type { TerminalOptions } from '../../app/terminals.ts';
import { explain } from '../../model/engines/help.ts';
import { Cancelled } from '../../model/errors.ts';
import { showFailure } from '../register.ts';
import { terminalFace } from './pty.ts';

/** `choose` asks for the container. */
export function registerTerminalProfile(
  { log }: Pick<App, 'log'>,
  choose: () => Promise<TerminalOptions>,
): vscode.Disposable {
  return vscode.window.registerTerminalProfileProvider('docknotes.shell', {
    async provideTerminalProfile(token) {
      try {
        const options = await choose();
        return token.isCancellationRequested ? undefined : new vscode.TerminalProfile(terminalFace(options));
      } catch (error) {
        if (!(error instanceof Cancelled)) {
          log.error('terminal profile', error);
          await showFailure(explain(error), log);
        }
        return undefined;
      }
    },
  });
}
