// Which rows of the containers view a change of the engine touches.
import type { InventoryChange } from '../../engine/types.ts';
import { type GroupElement, keyOf } from '../../model/elements.ts';
import type { Container } from '../../model/objects.ts';
import type { RowChange } from '../types.ts';

export interface Known {
  /** A container as it was when the list was laid out. */
  before(id: string): Container | undefined;
  now(id: string): Container | undefined;
  /** What decides where a row stands (see `placeOf`). */
  placeOf(container: Container): string;
  /** The group that a container is in. */
  groupOf(id: string): GroupElement | undefined;
}

/** The keys of changed containers and of the groups that count them; undefined when rows came, went or moved. */
export function touchedRows(change: InventoryChange, { before, now, placeOf, groupOf }: Known): RowChange {
  if (change.reset || change.added.length > 0 || change.removed.length > 0) {
    return undefined;
  }
  const keys = new Set<string>();
  for (const id of change.changed) {
    const container = now(id);
    const old = before(id);
    if (!container || !old || placeOf(old) !== placeOf(container)) {
      return undefined;
    }
    keys.add(keyOf({ type: 'container', id }));
    for (const group of withOuter(groupOf(id))) {
      keys.add(keyOf(group));
    }
  }
  return [...keys];
}

/** A group with those that it is in, from the outermost in. */
function withOuter(group: GroupElement | undefined): GroupElement[] {
  return group ? group.path.map((_, index) => ({ ...group, path: group.path.slice(0, index + 1) })) : [];
}
