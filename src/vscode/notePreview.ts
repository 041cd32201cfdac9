// Opens a field note as a rendered preview, in the language of the notes.
import * as vscode from 'vscode';
import { notesLanguage } from './settings.ts';

export async function openNotePreview(context: vscode.ExtensionContext, key: string): Promise<void> {
  const file = vscode.Uri.joinPath(context.extensionUri, 'media', 'notes', notesLanguage(), `${key}.md`);
  await vscode.workspace.fs.stat(file);
  await vscode.commands.executeCommand('markdown.showPreview', file);
}
