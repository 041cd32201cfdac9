// What a view does with each type of its rows, as one table in place of a switch for every question.
import type { Element } from '../model/elements.ts';
import type { Row, View } from './types.ts';

/** How rows of one type look, and what is above and below them; only `row` is there for all. */
export interface RowType<Self extends Element, E extends Element> {
  row(element: Self): Row;
  children?(element: Self): readonly E[] | Promise<readonly E[]>;
  /** Markdown. */
  tooltip?(element: Self): string | undefined | Promise<string | undefined>;
  parent?(element: Self): E | undefined;
  collapsed?(element: Self): void;
}

export type RowTypes<E extends Element> = { readonly [T in E['type']]: RowType<Extract<E, { type: T }>, E> };

type Answers<E extends Element> = Required<Pick<View<E>, 'children' | 'row' | 'tooltip' | 'parent' | 'collapsed'>>;

/**
 * The answers of a view whose rows are of these types; `top` gives those of the top level. What a type does not have is
 * answered with nothing. They work as long as the table does, and reject only where it does.
 */
export function answersOf<E extends Element>(types: RowTypes<E>, top: () => Promise<readonly E[]>): Answers<E> {
  // The table says so of each type; of an element whose type is not known, the compiler cannot follow it.
  const of = (element: E) => types[element.type as E['type']] as unknown as RowType<E, E>;
  return {
    children: async (element) => (element ? (of(element).children?.(element) ?? []) : top()),
    row: (element) => of(element).row(element),
    tooltip: async (element) => of(element).tooltip?.(element),
    parent: (element) => of(element).parent?.(element),
    collapsed: (element) => of(element).collapsed?.(element),
  };
}
