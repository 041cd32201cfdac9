// Shows a text of ours in an editor that cannot change it.
import * as vscode from 'vscode';

const scheme = 'docknotes-text';
/** How many texts are kept for tabs that may be opened again. */
const most = 50;

/** Returns the function that shows a text; a text of the same name replaces the one before. */
export function createDocuments(context: vscode.ExtensionContext): (name: string, text: string) => Promise<void> {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  context.subscriptions.push(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: ({ path }) => texts.get(path),
    }),
  );
  return async (name, text) => {
    const uri = vscode.Uri.from({ scheme, path: `/${name}` });
    texts.delete(uri.path);
    texts.set(uri.path, text);
    for (const path of [...texts.keys()].slice(0, -most)) {
      texts.delete(path);
    }
    changed.fire(uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  };
}
