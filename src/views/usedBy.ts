// Which containers use which volumes, networks or images: kept beside the inventory, so that only touched rows are drawn again.
import type { Inventory, InventoryChange } from '../engine/types.ts';
import type { Disposable } from '../model/event.ts';
import type { Container } from '../model/objects.ts';

export interface Users extends Disposable {
  /** Asks for the containers when they are not known yet; call it before the first `of`. Never rejects. */
  ready(): Promise<void>;
  /** The containers that use an object, by name; `owner` is what `ownersOf` gives. */
  of(owner: string): Container[];
  /** How many these are, which is cheap where they are thousands. */
  count(owner: string): number;
}

/**
 * Follows who uses what until it is disposed of; it throws nothing. `ownersOf` names what a container uses. `changed`
 * is told the owners whose users came, went or changed; undefined when everything may differ.
 */
export function followUsers(
  inventory: Inventory,
  ownersOf: (container: Container) => string[],
  changed: (owners: readonly string[] | undefined) => void,
): Users {
  const index = createUserIndex();
  let known = false;

  function place(id: string): string[] {
    const container = inventory.peek('containers', id);
    return index.set(id, container ? ownersOf(container) : []);
  }

  function follow(change: InventoryChange): void {
    if (change.reset) {
      known = false;
      index.clear();
      changed(undefined);
      return;
    }
    const touched = new Set([...change.added, ...change.changed, ...change.removed].flatMap(place));
    if (touched.size > 0) {
      changed([...touched]);
    }
  }

  const listening = inventory.onChange((change) => {
    if (change.kind === 'containers' && known) {
      follow(change);
    }
  });

  return {
    async ready() {
      if (known) {
        return;
      }
      const containers = await inventory.all('containers').catch(() => undefined);
      if (containers && !known) {
        known = true;
        for (const { id } of containers) {
          place(id);
        }
      }
    },
    of: (owner) =>
      index
        .of(owner)
        .flatMap((id) => inventory.peek('containers', id) ?? [])
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    count: (owner) => index.count(owner),
    dispose: () => listening.dispose(),
  };
}

export interface UserIndex {
  /** Says what a user uses now; gives all owners that this may concern: those from before and those from now. */
  set(user: string, owners: readonly string[]): string[];
  of(owner: string): string[];
  count(owner: string): number;
  clear(): void;
}

/** Who uses what, in both directions, so that neither has to be searched. It holds what it was told, and throws nothing. */
export function createUserIndex(): UserIndex {
  const owned = new Map<string, readonly string[]>();
  const users = new Map<string, Set<string>>();
  return {
    set(user, owners) {
      const before = owned.get(user) ?? [];
      for (const owner of before) {
        users.get(owner)?.delete(user);
      }
      for (const owner of owners) {
        users.set(owner, (users.get(owner) ?? new Set()).add(user));
      }
      if (owners.length > 0) {
        owned.set(user, owners);
      } else {
        owned.delete(user);
      }
      return [...before, ...owners];
    },
    of: (owner) => [...(users.get(owner) ?? [])],
    count: (owner) => users.get(owner)?.size ?? 0,
    clear() {
      owned.clear();
      users.clear();
    },
  };
}
