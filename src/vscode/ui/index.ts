// Everything that asks or tells a person something, joined from the rooms that do it.
import * as vscode from 'vscode';
import type { Log } from '../../app/index.ts';
import type { Navigation } from '../../app/navigation.ts';
import type { Pages } from '../../app/pages.ts';
import type { Prompts } from '../../app/prompts.ts';
import type { Terminals } from '../../app/terminals.ts';
import type { Ui } from '../../app/ui.ts';
import type { Engine } from '../../engine/types.ts';
import type { SharedState } from '../../model/state.ts';
import { inert } from '../../model/text.ts';
import { followAction, runCommand } from '../actions.ts';
import { createFileEditors } from '../files/editors.ts';
import { noteText } from '../language/notes.ts';
import { createPanels } from '../pages/panel.ts';
import { createPages } from '../pages/preview.ts';
import { createDocuments } from '../pages/textDocument.ts';
import { openWebPage } from '../pages/web.ts';
import { complete } from '../prompts/complete.ts';
import { input } from '../prompts/inputBox.ts';
import { localFiles } from '../prompts/localFiles.ts';
import { ask, confirm } from '../prompts/modal.ts';
import { pick, pickMany } from '../prompts/pick.ts';
import { progress } from '../prompts/progress.ts';
import { liveInput, search } from '../prompts/search.ts';
import { hostProcess, openProgram } from '../terminals/program.ts';
import { openTerminal } from '../terminals/pty.ts';
import { revealRow } from '../trees/show.ts';

const prompts: Prompts = { pick, pickMany, input, search, liveInput, complete, ask, confirm };
const terminals: Terminals = { terminal: openTerminal, program: openProgram, hostProcess };

/** What it registers with the editor is disposed of with the extension. */
export function createUi(
  context: vscode.ExtensionContext,
  { output, log, engine, state }: { output: vscode.LogOutputChannel; log: Log; engine: Engine; state: SharedState },
): Ui {
  return {
    ...prompts,
    say: (message) => void vscode.window.showInformationMessage(inert(message)),
    progress,
    ...terminals,
    ...createTabs(context, log),
    ...localFiles,
    ...createFileEditors(engine, state),
    ...createNavigation(output),
  };
}

function createTabs(context: vscode.ExtensionContext, log: Log): Pages {
  const page = createPages(context);
  return {
    async note(key) {
      const text = await noteText(context, key);
      await page(/^# (.*)/.exec(text)?.[1] ?? key, text);
    },
    noteText: (key) => noteText(context, key),
    page,
    panel: createPanels(context, log),
    document: createDocuments(context),
  };
}

function createNavigation(output: vscode.LogOutputChannel): Navigation {
  return {
    reveal: revealRow,
    command: runCommand,
    follow: followAction,
    copy: async (text) => vscode.env.clipboard.writeText(text),
    browse: openWebPage,
    showLog: () => output.show(),
    settings: async () => {
      await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:docknotes.docknotes');
    },
  };
}
