// The Dockerfile language server as the window's start knows it: its client is loaded once a Dockerfile is open.
import * as vscode from 'vscode';
import type { App, LanguageServer } from '../../app/index.ts';
import { messageOf } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import type { SharedState } from '../../model/state.ts';
import { showFailure } from '../register.ts';
import { type RunningServer, serverFailure } from './running.ts';

export function createLanguageServer(
  context: vscode.ExtensionContext,
  state: SharedState,
  output: vscode.LogOutputChannel,
): LanguageServer & {
  /** Starts the server with the first Dockerfile that is opened. */
  follow(app: Pick<App, 'engine' | 'registries' | 'log'>): vscode.Disposable;
} {
  let start: () => Promise<RunningServer> = () => Promise.reject(new Error('Nobody follows the documents.'));
  let running: Promise<RunningServer> | undefined;
  return {
    async restart() {
      if (running) {
        await (await running).restart();
      } else {
        await start();
      }
    },
    follow(app) {
      start = () => {
        running ??= import('./startClient.ts')
          .then(({ startLanguageClient }) => startLanguageClient(context, app, state, output))
          .catch((error: unknown) => {
            // The next restart tries it from the beginning.
            running = undefined;
            throw error;
          });
        return running;
      };
      const look = async ({ languageId }: vscode.TextDocument) => {
        if (languageId !== 'dockerfile') {
          return;
        }
        opening.dispose();
        try {
          await start();
        } catch (error) {
          app.log.error('language server', error);
          const message = t('The Dockerfile language server did not start: {0}', messageOf(error));
          await showFailure(serverFailure(message), app.log);
        }
      };
      const opening = vscode.workspace.onDidOpenTextDocument(look);
      const first = vscode.workspace.textDocuments.find(({ languageId }) => languageId === 'dockerfile');
      if (first) {
        void look(first);
      }
      return {
        dispose: () => {
          opening.dispose();
          void running?.then(
            (server) => server.dispose(),
            () => {},
          );
        },
      };
    },
  };
}
