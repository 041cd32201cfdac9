// A table of entries by name, stored between sessions under one key of the state that all windows share.
import { type Disposable, Emitter, type Event } from '../../../model/event.ts';
import type { SharedState } from '../../../model/state.ts';
import { fields } from '../../../model/untyped.ts';

export interface Table<T> extends Disposable {
  /** All entries, as they are now. */
  all(): ReadonlyMap<string, T>;
  /** Puts what `change` makes of the entry in its place, or removes it when that is nothing. */
  change(name: string, change: (now: T | undefined) => T | undefined): Promise<void>;
  /** Names of entries that another window has added, changed or removed. */
  readonly onElsewhere: Event<readonly string[]>;
}

/** How the table is stored. */
interface Form<T> {
  /** Of whatever is stored: what does not have the right form is passed over. */
  read(value: unknown): Map<string, T>;
  write(table: ReadonlyMap<string, T>): unknown;
}

/** Works at once with what `state` has. `change` rejects when it cannot be stored; then nothing has changed. */
export function createTable<T>(state: SharedState, key: string, { read, write }: Form<T>): Table<T> {
  const elsewhere = new Emitter<readonly string[]>();
  /** What this window was given last. */
  let seen: ReadonlyMap<string, T> = new Map();
  const all = () => {
    seen = read(state.get(key));
    return seen;
  };
  const listening = state.onElsewhere((changed) => {
    if (changed === key) {
      const before = seen;
      const now = all();
      const differs = (name: string) => JSON.stringify(before.get(name)) !== JSON.stringify(now.get(name));
      const names = [...new Set([...before.keys(), ...now.keys()])].filter(differs);
      if (names.length > 0) {
        elsewhere.fire(names);
      }
    }
  });
  return {
    all,
    async change(name, change) {
      await state.change(key, (value) => {
        const table = read(value);
        const next = change(table.get(name));
        // At the end, as what came last.
        table.delete(name);
        if (next !== undefined) {
          table.set(name, next);
        }
        return write(table);
      });
      // One's own change is no news.
      all();
    },
    onElsewhere: elsewhere.event,
    dispose() {
      listening.dispose();
      elsewhere.dispose();
    },
  };
}

/** Lists of texts by name, stored as an object with a field for each name. */
export const listsByName: Form<readonly string[]> = {
  read: (value) =>
    new Map(
      Object.entries(fields(value)).flatMap(([name, list]) =>
        Array.isArray(list) ? [[name, list.filter((each) => typeof each === 'string')]] : [],
      ),
    ),
  write: (table) => Object.fromEntries(table),
};
