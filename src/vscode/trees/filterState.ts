// Lets the menus know whether the registries view is filtered.
import * as vscode from 'vscode';
import type { Catalog } from '../../registry/known/catalog.ts';

/** Keeps the context key `docknotes.registriesFiltered` true. */
export function followFilter(catalog: Catalog): vscode.Disposable {
  let shown = false;
  return catalog.onChange(() => {
    if (shown !== (catalog.filter !== '')) {
      shown = !shown;
      void vscode.commands.executeCommand('setContext', 'docknotes.registriesFiltered', shown);
    }
  });
}
