// What a view is: rows as data. One generic class in src/vscode/trees/show.ts draws any of them.
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
  /** Stretches of the label that stand out, each from a start to an end. */
  marks?: [number, number][];
  /** The command that a click or Enter runs with the row, without its `docknotes.` prefix. */
  opens?: string;
  /** Theme colour of the label. */
  colour?: string;
  /** The view wants to hear when the row becomes visible. */
  watched?: boolean;
}

/** What stands above the rows. */
export interface Heading {
  /** Absent: nothing. */
  message?: string;
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
  /** A watched row became visible; said once for each, and again after `onUnseen` named it. */
  seen?(element: E): void;
  /** Watched rows that are to be reported again when they are visible, by key. */
  readonly onUnseen?: Event<readonly string[]>;
  /** Asked for after every change of the top level. */
  heading?(): Heading;
  readonly onChange: Event<RowChange>;
}
