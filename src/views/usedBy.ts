// Which containers use which volumes, networks or images: kept beside the inventory, so that only touched rows are drawn again.
import type { Inventory } from '../engine/types.ts';
import type { Disposable } from '../model/event.ts';
import type { Container } from '../model/objects.ts';

export interface Users extends Disposable {
  /** Asks for the containers when they are not known yet; call it before the first `of`. */
  ready(): Promise<void>;
  /** The containers that use an object, by name; `owner` is what `ownersOf` gives. */
  of(owner: string): Container[];
  /** How many these are, which is cheap where they are thousands. */
  count(owner: string): number;
}

/**
 * `ownersOf` names what a container uses. `changed` is told the owners whose users came, went or changed, with the
 * containers that did; undefined when everything may differ.
 */
export function followUsers(
  inventory: Inventory,
  ownersOf: (container: Container) => string[],
  changed: (owners: readonly string[] | undefined, containers: readonly string[]) => void,
): Users {
  const owners = new Map<string, string[]>();
  const users = new Map<string, Set<string>>();
  let known = false;

  function place(id: string): string[] {
    const container = inventory.peek('containers', id);
    const before = owners.get(id) ?? [];
    const now = container ? ownersOf(container) : [];
    for (const owner of before) {
      users.get(owner)?.delete(id);
    }
    for (const owner of now) {
      users.set(owner, (users.get(owner) ?? new Set()).add(id));
    }
    if (container) {
      owners.set(id, now);
    } else {
      owners.delete(id);
    }
    return [...before, ...now];
  }

  const listening = inventory.onChange((change) => {
    if (change.kind !== 'containers' || !known) {
      return;
    }
    if (change.reset) {
      known = false;
      owners.clear();
      users.clear();
      changed(undefined, []);
      return;
    }
    const touched = [...change.added, ...change.changed, ...change.removed];
    const found = new Set(touched.flatMap(place));
    if (found.size > 0) {
      changed([...found], touched);
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
      [...(users.get(owner) ?? [])]
        .flatMap((id) => inventory.peek('containers', id) ?? [])
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    count: (owner) => users.get(owner)?.size ?? 0,
    dispose: () => listening.dispose(),
  };
}
