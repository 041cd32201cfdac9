// Texts of ours under addresses of a scheme of our own: the editor shows them, and nobody can change them.
import * as vscode from 'vscode';

/** How many texts of a scheme are kept for tabs that may be opened again. */
const maxTexts = 50;

/** Returns the function that keeps a text under a path and gives its address; a text of the same path is replaced. */
export function createTexts(
  context: vscode.ExtensionContext,
  scheme: string,
): (path: string, text: string) => vscode.Uri {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  context.subscriptions.push(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: ({ path }) => texts.get(path),
    }),
  );
  return (path, text) => {
    const uri = vscode.Uri.from({ scheme, path });
    texts.delete(uri.path);
    texts.set(uri.path, text);
    for (const oldest of [...texts.keys()].slice(0, -maxTexts)) {
      texts.delete(oldest);
    }
    changed.fire(uri);
    return uri;
  };
}
