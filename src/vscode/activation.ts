// Why the editor has started the extension.
import * as vscode from 'vscode';

/** Whether a document is open that has the editor start us, so that nobody may want an engine. */
export function openedForDocument({ extension }: vscode.ExtensionContext): boolean {
  const { activationEvents } = extension.packageJSON as { activationEvents: string[] };
  const events = new Set(activationEvents);
  return vscode.workspace.textDocuments.some(
    ({ languageId, uri }) => events.has(`onLanguage:${languageId}`) || events.has(`onFileSystem:${uri.scheme}`),
  );
}
