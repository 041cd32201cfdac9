// Shows a page that the product wrote itself, as a rendered preview that is never saved anywhere.
import * as vscode from 'vscode';
import { createTexts } from './virtualTexts.ts';

/** Returns the function that shows a page; `name` is the title of its tab, and a page of the same name is replaced. */
export function createPages(context: vscode.ExtensionContext): (name: string, markdown: string) => Promise<void> {
  const keep = createTexts(context, 'docknotes-page');
  return async (name, markdown) => {
    const page = keep(`/${name.replaceAll('/', '∕')}.md`, markdown);
    await vscode.commands.executeCommand('markdown.showPreview', page);
  };
}
