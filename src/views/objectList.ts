// A list of the engine's objects of one kind, narrowed by its filter, with who uses each. Images, volumes and networks
// are such lists; what tells them apart is data.
import type { App } from '../app.ts';
import type { InventoryChange } from '../engine/types.ts';
import type { Element, FilterElement } from '../model/elements.ts';
import { Emitter, type Event } from '../model/event.ts';
import type { Container, Objects } from '../model/objects.ts';
import { filterOf, type ViewFilter } from './rowFilter.ts';
import { answersOf, type RowTypes } from './rowTypes.ts';
import type { RowChange, View } from './types.ts';
import { followUsers, type Users } from './usedBy.ts';

type ListKind = 'images' | 'volumes' | 'networks';

/** What a list's rows are drawn from. */
export interface ListParts<Item> {
  users: Users;
  filter: ViewFilter;
  /** What is shown now, in order; nothing while the engine does not answer. Never rejects. */
  found(): Promise<readonly Item[]>;
}

export interface ObjectList<K extends ListKind, Item, E extends Element> {
  /** The view's id, which names the objects too. */
  id: K;
  /** What a container uses of these objects, by the names that `users` is asked with. */
  usedBy(container: Container): string[];
  /** What is shown, in order. */
  items(objects: readonly Objects[K][]): Item[];
  /** What the filter looks at. */
  words(item: Item, users: Users): string[];
  /** The rows of the top level. */
  rows(found: readonly Item[]): readonly E[];
  types(parts: ListParts<Item>): RowTypes<E | FilterElement>;
  /** The key of an object's row. Absent where tags are rows: a changed object may have gained or lost some. */
  rowKey?(object: string): string;
  /** The rows to draw again when these have other users. */
  usedRows(owners: readonly string[], users: Users): string[];
  /** What else has rows drawn again. */
  changes?: readonly Event<RowChange>[];
}

/**
 * The view of such a list. Its top level is asked of the inventory each time that it is drawn; it holds who uses what
 * and the last counts of the filter. Works until it is disposed of, and throws nothing.
 */
export function listView<K extends ListKind, Item, E extends Element>(
  app: Pick<App, 'engine' | 'filters'>,
  list: ObjectList<K, Item, E>,
): View<E | FilterElement> {
  const { inventory } = app.engine;
  const { id } = list;
  const changed = new Emitter<RowChange>();
  const filter = filterOf(app.filters, id);
  const users = followUsers(inventory, list.usedBy, (owners) => {
    const rows = owners && list.usedRows(owners, users);
    if (!rows || rows.length > 0) {
      changed.fire(rows);
    }
  });
  const listening = [
    users,
    inventory.onChange((change) => {
      if (change.kind === id) {
        changed.fire(changedRows(change, list.rowKey));
      }
    }),
    filter.onChange(() => changed.fire(undefined)),
    ...(list.changes ?? []).map((each) => each((rows) => changed.fire(rows))),
    changed,
  ];

  async function found(): Promise<readonly Item[]> {
    const objects = await inventory.all(id).catch((): readonly Objects[K][] => []);
    await users.ready();
    return filter.find(list.items(objects), (item) => list.words(item, users));
  }

  return {
    id,
    onChange: changed.event,
    ...answersOf(list.types({ users, filter, found }), async () => filter.above(list.rows(await found()))),
    dispose() {
      for (const each of listening) {
        each.dispose();
      }
    },
  };
}

/**
 * Rows that only changed are drawn again one by one; when rows came or went, or may have, the list is asked again.
 * A change that comes alone never makes the whole view redraw.
 */
export function changedRows(change: InventoryChange, rowKey: ((object: string) => string) | undefined): RowChange {
  const moved = change.reset || change.added.length > 0 || change.removed.length > 0;
  return moved || (!rowKey && change.changed.length > 0)
    ? undefined
    : change.changed.map((key) => rowKey?.(key) ?? key);
}
