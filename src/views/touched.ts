// Turns a change of the inventory into the rows to draw again.
import type { InventoryChange } from '../engine/types.ts';
import type { RowChange } from './types.ts';

/**
 * Rows that only changed are drawn again one by one; when rows came or went, or may have, the list is asked again.
 * A change that comes alone never makes the whole view redraw.
 */
export function rowsFor(change: InventoryChange, keyOf: (objectKey: string) => string): RowChange {
  return change.reset || change.added.length > 0 || change.removed.length > 0 ? undefined : change.changed.map(keyOf);
}
