// Links in inspections to the images, networks, volumes and containers that they name.
import * as vscode from 'vscode';
import { inspectLinks } from '../../model/inspectLinks.ts';
import { t } from '../../model/l10n.ts';
import { escapeMarkdown, inert } from '../../model/text.ts';

const commands = {
  container: 'docknotes.inspectContainer',
  image: 'docknotes.inspectImage',
  network: 'docknotes.inspectNetwork',
  volume: 'docknotes.inspectVolume',
};

/** Only documents of ours, whose names end so (see `steps/inspect.ts`). */
export function registerInspectLinks(): vscode.Disposable {
  const selector = { scheme: 'docknotes-text', pattern: '**/*.inspect.json' };
  return vscode.languages.registerDocumentLinkProvider(selector, {
    provideDocumentLinks: (document) =>
      inspectLinks(document.getText()).map(({ kind, name, start, end }) => {
        const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
        const target = vscode.Uri.from({
          scheme: 'command',
          path: commands[kind],
          query: JSON.stringify([name]),
        });
        const link = new vscode.DocumentLink(range, target);
        // The editor makes Markdown of it.
        link.tooltip = inert(t('Inspect {0}', escapeMarkdown(name, 100)));
        return link;
      }),
  });
}
