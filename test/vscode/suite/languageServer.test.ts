// The Dockerfile language server when its process ends: it is started again, and after too many ends on demand.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { serverProcesses } from '../../parts/editor/languageServer.ts';
import { until } from '../../parts/until.ts';

describe('language server', () => {
  let document: vscode.TextDocument;

  before(async function () {
    if (process.platform === 'win32') {
      // There is no ps to find the process with.
      this.skip();
    }
    document = await vscode.workspace.openTextDocument({ language: 'dockerfile', content: 'FROM busybox\n' });
    await vscode.window.showTextDocument(document);
    await until(async () => (await hovers()) > 0);
  });

  after(async () => {
    await vscode.commands.executeCommand('docknotes.restartServer');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  /** How many hovers there are on FROM. */
  async function hovers(): Promise<number> {
    const found = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      new vscode.Position(0, 1),
    );
    return found.length;
  }

  it('is started again when it ends, and a hover returns all the while', async () => {
    await vscode.commands.executeCommand('docknotes.restartServer');
    const first = await until(async () => serverProcess());
    process.kill(first, 'SIGKILL');
    await hovers();
    const second = await until(async () => serverProcess(first));
    assert.notEqual(second, first);
    await until(async () => (await hovers()) > 0);
  });

  it('is not started a fifth time within three minutes; hovers return, and a restart brings them back', async () => {
    await vscode.commands.executeCommand('docknotes.restartServer');
    let last = 0;
    for (let end = 0; end < 5; end++) {
      last = await until(async () => serverProcess(last));
      process.kill(last, 'SIGKILL');
    }
    await until(async () => serverProcess() === undefined);
    assert.equal(await hovers(), 0);
    assert.equal(serverProcess(), undefined);
    await vscode.commands.executeCommand('docknotes.restartServer');
    await until(async () => (await hovers()) > 0);
  });
});

/** The process of the server of this extension host, other than one that was killed. */
function serverProcess(killed?: number): number | undefined {
  return serverProcesses(process.pid).find((pid) => pid !== killed);
}
