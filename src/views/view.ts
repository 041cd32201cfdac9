// What a view is: rows as data. One generic class in src/vscode/tree.ts draws any of them.
import type { Element, RowKind } from '../model/elements.ts';
import type { Disposable, Event } from '../model/event.ts';

export interface Row {
  label: string;
  description?: string;
  /** Name of a codicon and, where state has a colour, a theme colour. */
  icon?: { name: string; color?: string };
  kind: RowKind;
  /** Absent for a row without children. */
  expand?: 'collapsed' | 'expanded';
  /** What a screen reader says in place of label and description. */
  spoken?: string;
}

/** Rows to draw again, by key; undefined means that the top level changed. */
export type RowChange = readonly string[] | undefined;

export interface View<E extends Element = Element> extends Disposable {
  /** The view's id in the manifest, without the `docknotes.` prefix. */
  readonly id: string;
  /** Children of a row, or the top level. Must not reject: what cannot be loaded is a row or `message`. */
  children(element?: E): Promise<readonly E[]>;
  row(element: E): Row;
  /** Markdown, asked for when the pointer rests on the row; its parts from outside are escaped. */
  tooltip?(element: E): Promise<string | undefined>;
  parent?(element: E): E | undefined;
  /** The row was closed: work for its children may stop. */
  collapsed?(element: E): void;
  readonly onChange: Event<RowChange>;
}
