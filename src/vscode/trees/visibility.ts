// Tells a view which of its rows are visible. VS Code asks for the decoration of a row only when it draws the row,
// so each watched row has an address of our own scheme, and being asked about it means that it is visible.
import * as vscode from 'vscode';

const scheme = 'docknotes-row';

export interface Visibility extends vscode.Disposable {
  /** The address that a watched row carries. */
  uriOf(key: string): vscode.Uri;
  /** Has these rows reported again when they are visible. */
  forget(keys: readonly string[]): void;
}

/**
 * Tells `seen` the key of each row of a view that becomes visible, once, until it is disposed of. It holds nothing but
 * the registration, and throws nothing.
 */
export function watchVisibility(view: string, seen: (key: string) => void): Visibility {
  const changed = new vscode.EventEmitter<vscode.Uri[]>();
  const uriOf = (key: string) => vscode.Uri.from({ scheme, authority: view, path: `/${key}` });
  const provider = vscode.window.registerFileDecorationProvider({
    onDidChangeFileDecorations: changed.event,
    provideFileDecoration(uri) {
      if (uri.scheme === scheme && uri.authority === view) {
        seen(uri.path.slice(1));
      }
      return undefined;
    },
  });
  return {
    uriOf,
    forget: (keys) => changed.fire(keys.map(uriOf)),
    dispose() {
      provider.dispose();
      changed.dispose();
    },
  };
}
