// Shows a text of ours in an editor that cannot change it.
import * as vscode from 'vscode';
import { createTexts } from './virtualTexts.ts';

/** Returns the function that shows a text; a text of the same name replaces the one before. */
export function createDocuments(context: vscode.ExtensionContext): (name: string, text: string) => Promise<void> {
  const keep = createTexts(context, 'docknotes-text');
  return async (name, text) => {
    const document = await vscode.workspace.openTextDocument(keep(`/${name}`, text));
    await vscode.window.showTextDocument(document, { preview: true });
  };
}
