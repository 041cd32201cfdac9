// Draws any view as a tree; rows keep their identity, and only those that changed are drawn again.
import * as vscode from 'vscode';
import type { Log } from '../app.ts';
import { type Element, keyOf } from '../model/elements.ts';
import type { Row, View } from '../views/view.ts';
import { prefix } from './register.ts';

/** Shows the view in its place in the sidebar. The caller disposes of what it gets. */
export function showView<E extends Element>(view: View<E>, log: Log): vscode.TreeView<E> {
  // VS Code knows rows by object identity, so one object stands for one key as long as the view lives.
  const known = new Map<string, E>();
  const changed = new vscode.EventEmitter<E[] | undefined>();
  const same = (element: E): E => {
    const key = keyOf(element);
    const object = known.get(key) ?? element;
    known.set(key, object);
    return object;
  };

  const provider: vscode.TreeDataProvider<E> = {
    onDidChangeTreeData: changed.event,
    async getChildren(element) {
      try {
        return (await view.children(element)).map(same);
      } catch (error) {
        log.error(`view ${view.id}`, error);
        return [];
      }
    },
    getTreeItem: (element) => itemOf(keyOf(element), view.row(element)),
    getParent: (element) => {
      const parent = view.parent?.(element);
      return parent && same(parent);
    },
    async resolveTreeItem(item, element, token) {
      const text = await view.tooltip?.(element);
      if (text !== undefined && !token.isCancellationRequested) {
        // Not trusted and without HTML: names and labels come from outside.
        item.tooltip = new vscode.MarkdownString(text);
      }
      return item;
    },
  };

  const tree = vscode.window.createTreeView(prefix + view.id, {
    treeDataProvider: provider,
    canSelectMany: true,
    showCollapseAll: view.id !== 'containers',
  });
  const listening = view.onChange((keys) => {
    const rows = keys?.map((key) => known.get(key)).filter((row) => row !== undefined);
    if (!rows || rows.length > 0) {
      changed.fire(rows);
    }
  });
  const collapsing = tree.onDidCollapseElement(({ element }) => view.collapsed?.(element));
  const dispose = tree.dispose.bind(tree);
  tree.dispose = () => {
    listening.dispose();
    collapsing.dispose();
    changed.dispose();
    dispose();
  };
  return tree;
}

function itemOf(key: string, row: Row): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, states[row.expand ?? 'none']);
  item.id = key;
  item.contextValue = row.kind;
  if (row.description) {
    item.description = row.description;
  }
  if (row.icon) {
    item.iconPath = new vscode.ThemeIcon(
      row.icon.name,
      row.icon.color === undefined ? undefined : new vscode.ThemeColor(row.icon.color),
    );
  }
  if (row.spoken) {
    item.accessibilityInformation = { label: row.spoken };
  }
  return item;
}

const states = {
  none: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
};
