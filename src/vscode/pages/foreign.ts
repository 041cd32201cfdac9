// Markdown out of containers, images and engines whose links would run commands of the editor is shown as plain text.
import * as vscode from 'vscode';
import { baseName } from '../../model/files/entry.ts';
import { fileScheme } from '../../model/files/uri.ts';
import { t } from '../../model/l10n.ts';
import { inert, plain } from '../../model/text.ts';

/** Documents whose text is not ours. */
const schemes = [fileScheme, 'docknotes-image', 'docknotes-text'];
/** Languages of the editor's own Markdown support, which makes links of `command:` addresses in the source of a page. */
const languages = ['markdown', 'prompt', 'instructions', 'chatagent', 'skill'];
const commandLink = /command\\?:[\w.%-]/i;

/**
 * A README in a container may say `[label](command:…)`: the editor would run the command on Ctrl and a click in its source.
 * No links of another provider take these away for sure, since the editor joins lists of links that are not in order.
 */
export function keepForeignPagesPlain(): vscode.Disposable {
  const look = (document: vscode.TextDocument) => {
    if (
      schemes.includes(document.uri.scheme) &&
      languages.includes(document.languageId) &&
      commandLink.test(document.getText())
    ) {
      void vscode.languages.setTextDocumentLanguage(document, 'plaintext');
      const name = plain(baseName(document.uri.path), 100);
      void vscode.window.showInformationMessage(
        inert(t('{0} is shown as plain text, because it holds links that would run commands of the editor.', name)),
      );
    }
  };
  vscode.workspace.textDocuments.forEach(look);
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidChangeTextDocument(({ document }) => look(document)),
  );
}
