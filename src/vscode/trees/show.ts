// Draws any view as a tree; rows keep their identity, and only those that changed are drawn again.
import * as vscode from 'vscode';
import type { Log } from '../../app.ts';
import { type Element, keyOf } from '../../model/elements.ts';
import { inert } from '../../model/text.ts';
import type { Row, View } from '../../views/types.ts';
import { prefix } from '../register.ts';
import { colourUri } from './colours.ts';
import { type Sight, watchSight } from './visibility.ts';

/** Shows a row, by the id of the view that has it. */
const reveals = new Map<string, (element: Element) => Thenable<void>>();

/** Opens what is above a row, selects it and gives it the focus. */
export async function revealRow(view: string, element: Element): Promise<void> {
  await vscode.commands.executeCommand(`${prefix}${view}.focus`);
  await reveals.get(view)?.(element);
}

/** Shows the view in its place in the sidebar. The caller disposes of what it gets. */
export function showView<E extends Element>(view: View<E>, log: Log): vscode.TreeView<E> {
  // VS Code knows rows by object identity, so one object stands for one key as long as the view lives.
  const known = new Map<string, E>();
  const below = new Map<string, string[]>();
  /** The row that each row was placed under last: one that moved is not forgotten where it was before. */
  const above = new Map<string, string>();
  const changed = new vscode.EventEmitter<E[] | undefined>();
  const same = (element: E, key = keyOf(element)): E => {
    const object = known.get(key) ?? element;
    // A row may stand elsewhere than before: in another folder, say.
    known.set(key, object === element ? object : Object.assign(object, element));
    return object;
  };
  const forget = (key: string) => {
    known.delete(key);
    above.delete(key);
    for (const child of below.get(key) ?? []) {
      if (above.get(child) === key) {
        forget(child);
      }
    }
    below.delete(key);
  };
  /** Rows that went are forgotten, with everything below them. */
  const place = (parent: string, elements: readonly E[]) => {
    const keys = elements.map(keyOf);
    const now = new Set(keys);
    for (const key of below.get(parent) ?? []) {
      if (!now.has(key) && above.get(key) === parent) {
        forget(key);
      }
    }
    below.set(parent, keys);
    for (const key of keys) {
      above.set(key, parent);
    }
    return elements.map((element, index) => same(element, keys[index]));
  };
  let sight: Sight | undefined;
  if (view.seen) {
    sight = watchSight(view.id, (key) => {
      const element = known.get(key);
      if (element) {
        view.seen?.(element);
      }
    });
  }

  const provider: vscode.TreeDataProvider<E> = {
    onDidChangeTreeData: changed.event,
    async getChildren(element) {
      try {
        return place(element ? keyOf(element) : '', await view.children(element));
      } catch (error) {
        log.error(`view ${view.id}`, error);
        return [];
      }
    },
    getTreeItem: (element) => itemOf(element, view.row(element), sight),
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
    showCollapseAll: true,
  });
  const head = () => {
    if (view.heading) {
      tree.message = inert(view.heading().message ?? '');
    }
  };
  reveals.set(view.id, (element) => {
    // What it stands for is wanted, not the row itself.
    const expand = element.type === 'changes';
    return tree.reveal(same(element as E), { select: true, focus: true, expand });
  });
  const unseen = view.onUnseen?.((keys) => sight?.forget(keys));
  const listening = view.onChange((keys) => {
    if (!keys || view.heading) {
      head();
    }
    const rows = keys?.map((key) => known.get(key)).filter((row) => row !== undefined);
    if (!rows || rows.length > 0) {
      changed.fire(rows);
    }
  });
  const collapsing = tree.onDidCollapseElement(({ element }) => view.collapsed?.(element));
  const dispose = tree.dispose.bind(tree);
  tree.dispose = () => {
    listening.dispose();
    unseen?.dispose();
    sight?.dispose();
    reveals.delete(view.id);
    collapsing.dispose();
    changed.dispose();
    dispose();
  };
  return tree;
}

function itemOf(element: Element, row: Row, sight: Sight | undefined): vscode.TreeItem {
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
  if (row.watched && sight) {
    item.resourceUri = sight.uriOf(key);
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
