// Shows a page that the product wrote itself, as a rendered preview that is never saved anywhere.
import * as vscode from 'vscode';

const scheme = 'docknotes-page';

/** Returns the function that shows a page; `name` is the title of its tab, and a page of the same name is replaced. */
export function createPages(context: vscode.ExtensionContext): (name: string, markdown: string) => Promise<void> {
  const pages = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  context.subscriptions.push(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: ({ path }) => pages.get(path),
    }),
  );
  return async (name, markdown) => {
    const page = vscode.Uri.from({ scheme, path: `/${name.replaceAll('/', '∕')}.md` });
    pages.set(page.path, markdown);
    changed.fire(page);
    await vscode.commands.executeCommand('markdown.showPreview', page);
  };
}
