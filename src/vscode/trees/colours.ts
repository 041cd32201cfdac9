// Gives rows of trees the colour of their label: VS Code takes it from a decoration of the row's address.
import * as vscode from 'vscode';

const scheme = 'docknotes-colour';

/** The address that a row carries: the theme colour, and what tells the row from others. */
export function colourUri(colour: string, key: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${colour}/${key}` });
}

/** Has rows with such an address drawn in their colour until it is disposed of; holds nothing, and throws nothing. */
export function registerColours(): vscode.Disposable {
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration: ({ scheme: own, path }) =>
      own === scheme ? { color: new vscode.ThemeColor(path.split('/')[1] ?? '') } : undefined,
  });
}
