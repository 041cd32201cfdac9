// Shows in the views how the engine is: nothing while all is well, else what was tried, the answer, and what to do.
import * as vscode from 'vscode';
import type { Engine, EngineStatus } from '../../engine/types.ts';
import { engineHelp } from '../../model/engines/problems.ts';
import { t } from '../../model/l10n.ts';
import { inert } from '../../model/text.ts';

/** Milliseconds: an engine that answers sooner is not worth a message, which moves all rows of the views twice. */
const soon = 300;

/** Keeps the context key `docknotes.engineState` (for the welcome texts) and the views' messages true. */
export function followEngineState(engine: Engine, views: vscode.TreeView<unknown>[]): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const show = (status: EngineStatus) => {
    const state = status.state === 'unreachable' ? status.problem : status.state;
    void vscode.commands.executeCommand('setContext', 'docknotes.engineState', state);
    clearTimeout(timer);
    if (status.state === 'connecting') {
      timer = setTimeout(say, soon, status);
    } else {
      say(status);
    }
  };
  const say = (status: EngineStatus) => {
    const message = messageFor(status);
    for (const view of views) {
      // With exactOptionalPropertyTypes undefined cannot be assigned, and an empty text shows nothing.
      if ((view.message ?? '') !== message) {
        view.message = inert(message);
      }
    }
  };
  show(engine.inventory.status);
  const following = engine.inventory.onStatus(show);
  return {
    dispose() {
      clearTimeout(timer);
      following.dispose();
    },
  };
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
