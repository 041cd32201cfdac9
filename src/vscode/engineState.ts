// Shows in the views how the engine is: nothing while all is well, else what was tried, the answer, and what to do.
import * as vscode from 'vscode';
import type { Engine, EngineStatus } from '../engine/types.ts';
import { engineHelp } from '../model/engineHelp.ts';
import { t } from '../model/l10n.ts';
import { inert } from '../model/text.ts';

/** Keeps the context key `docknotes.engineState` (for the welcome texts) and the views' messages true. */
export function followEngineState(engine: Engine, views: vscode.TreeView<unknown>[]): vscode.Disposable {
  const show = (status: EngineStatus) => {
    const state = status.state === 'unreachable' ? status.problem : status.state;
    void vscode.commands.executeCommand('setContext', 'docknotes.engineState', state);
    const message = messageFor(status);
    for (const view of views) {
      // With exactOptionalPropertyTypes undefined cannot be assigned, and an empty text shows nothing.
      view.message = inert(message);
    }
  };
  show(engine.inventory.status);
  return engine.inventory.onStatus(show);
}

function messageFor(status: EngineStatus): string {
  switch (status.state) {
    case 'connecting':
      return t('Connecting to the engine…');
    case 'connected':
      return '';
    case 'unreachable':
      return engineHelp(status.problem, status.endpoint, status.reason).sentence;
  }
}
