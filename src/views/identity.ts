// Which rows are the same: an editor knows rows by object identity, a view knows them by key.
import { type Element, keyOf } from '../model/elements.ts';

export interface RowIdentity<E extends Element> {
  /** The object that stands for a row, with what is known of the row now. */
  same(element: E): E;
  /** The same by key; undefined for a row that was never placed, or went. */
  at(key: string): E | undefined;
  /** Says what is below a row now (`''` at the top), and gives the objects; rows that went are forgotten. */
  place(parent: string, elements: readonly E[]): E[];
}

/**
 * One object for each key, from when a row is first seen until it is nowhere any more. It holds the rows that are known
 * and where each was placed last; throws nothing.
 */
export function createIdentity<E extends Element>(): RowIdentity<E> {
  const known = new Map<string, E>();
  const below = new Map<string, string[]>();
  /** The row that each row was placed under last: one that moved is not forgotten where it was before. */
  const above = new Map<string, string>();

  function same(element: E, key = keyOf(element)): E {
    const object = known.get(key) ?? element;
    // A row may stand elsewhere than before: in another folder, say.
    known.set(key, object === element ? object : Object.assign(object, element));
    return object;
  }

  /** With everything below it. */
  function forget(key: string): void {
    known.delete(key);
    above.delete(key);
    for (const child of below.get(key) ?? []) {
      if (above.get(child) === key) {
        forget(child);
      }
    }
    below.delete(key);
  }

  return {
    same: (element) => same(element),
    at: (key) => known.get(key),
    place(parent, elements) {
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
    },
  };
}
