// Draws any view as a tree; rows keep their identity, and only those that changed are drawn again.
import * as vscode from 'vscode';
import type { Log } from '../../app.ts';
import { type Element, keyOf } from '../../model/elements.ts';
import { inert } from '../../model/text.ts';
import { createIdentity, type RowIdentity } from '../../views/identity.ts';
import type { Row, View } from '../../views/types.ts';
import { prefix } from '../actions.ts';
import { colourUri } from './colours.ts';
import { type Visibility, watchVisibility } from './visibility.ts';

/** Shows a row, by the id of the view that has it. */
const reveals = new Map<string, (element: Element) => Thenable<void>>();

/** Opens what is above a row, selects it and gives it the focus. */
export async function revealRow(view: string, element: Element): Promise<void> {
  await vscode.commands.executeCommand(`${prefix}${view}.focus`);
  await reveals.get(view)?.(element);
}

/**
 * Shows the view in its place in the sidebar, as long as the caller does not dispose of what it gets; the view stays the
 * caller's. Throws where the manifest has no such view. It holds the objects that stand for the view's rows.
 */
export function showView<E extends Element>(view: View<E>, log: Log): vscode.TreeView<E> {
  const rows = createIdentity<E>();
  const changed = new vscode.EventEmitter<E[] | undefined>();
  const visibility =
    view.seen &&
    watchVisibility(view.id, (key) => {
      const element = rows.at(key);
      if (element) {
        view.seen?.(element);
      }
    });
  const tree = vscode.window.createTreeView(prefix + view.id, {
    treeDataProvider: providerOf(view, rows, { changed: changed.event, visibility, log }),
    canSelectMany: true,
    showCollapseAll: true,
  });
  reveals.set(view.id, (element) => {
    // What it stands for is wanted, not the row itself.
    const expand = element.type === 'changes';
    return tree.reveal(rows.same(element as E), { select: true, focus: true, expand });
  });
  const owned = [
    view.onChange((keys) => {
      if (view.heading) {
        tree.message = inert(view.heading().message ?? '');
      }
      const elements = keys?.map((key) => rows.at(key)).filter((row) => row !== undefined);
      if (!elements || elements.length > 0) {
        changed.fire(elements);
      }
    }),
    tree.onDidCollapseElement(({ element }) => view.collapsed?.(element)),
    view.onUnseen?.((keys) => visibility?.forget(keys)),
    visibility,
    { dispose: () => reveals.delete(view.id) },
    changed,
    { dispose: tree.dispose.bind(tree) },
  ];
  tree.dispose = () => {
    for (const each of owned) {
      each?.dispose();
    }
  };
  return tree;
}

/** What the editor asks a tree for, from the view. */
function providerOf<E extends Element>(
  view: View<E>,
  rows: RowIdentity<E>,
  {
    changed,
    visibility,
    log,
  }: { changed: vscode.Event<E[] | undefined>; visibility: Visibility | undefined; log: Log },
): vscode.TreeDataProvider<E> {
  return {
    onDidChangeTreeData: changed,
    async getChildren(element) {
      try {
        return rows.place(element ? keyOf(element) : '', await view.children(element));
      } catch (error) {
        log.error(`view ${view.id}`, error);
        return [];
      }
    },
    getTreeItem: (element) => itemOf(element, view.row(element), visibility),
    getParent: (element) => {
      const parent = view.parent?.(element);
      return parent && rows.same(parent);
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
}

function itemOf(element: Element, row: Row, visibility: Visibility | undefined): vscode.TreeItem {
  const label = row.marks?.length ? { label: row.label, highlights: row.marks } : row.label;
  const item = new vscode.TreeItem(label, states[row.expand ?? 'none']);
  const key = keyOf(element);
  item.id = key;
  item.contextValue = row.kind;
  if (row.description) {
    item.description = row.description;
  }
  if (row.icon) {
    item.iconPath = themeIcon(row.icon);
  }
  if (row.opens) {
    item.command = { command: prefix + row.opens, title: inert(row.label), arguments: [element] };
  }
  if (row.watched && visibility) {
    item.resourceUri = visibility.uriOf(key);
  } else if (row.colour) {
    item.resourceUri = colourUri(row.colour, key);
  }
  if (row.spoken) {
    item.accessibilityInformation = { label: row.spoken };
  }
  return item;
}

/** There are few, and thousands of rows that have them. */
const themeIcons = new Map<string, vscode.ThemeIcon>();

function themeIcon({ name, color }: { name: string; color?: string }): vscode.ThemeIcon {
  const key = `${name} ${color ?? ''}`;
  let icon = themeIcons.get(key);
  if (!icon) {
    icon = new vscode.ThemeIcon(name, color === undefined ? undefined : new vscode.ThemeColor(color));
    themeIcons.set(key, icon);
  }
  return icon;
}

const states = {
  none: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
};
