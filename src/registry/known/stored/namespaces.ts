// What to list of registries whose vendor lists by namespace only, as the person named it; plain data, stored between sessions.

import { UserError } from '../../../model/errors.ts';
import type { Disposable, Event } from '../../../model/event.ts';
import { t } from '../../../model/l10n.ts';
import type { SharedState } from '../../../model/state.ts';
import { createTable, listsByName } from './table.ts';

export interface Namespaces extends Disposable {
  of(address: string): readonly string[];
  /** An empty list forgets them. Rejects with `bad-namespace` for what cannot be one. */
  set(address: string, names: readonly string[]): Promise<readonly string[]>;
  /** Addresses for which another window has set others. */
  readonly onElsewhere: Event<readonly string[]>;
}

/** Works at once with what `state` has; `set` also rejects when it cannot be stored. */
export function createNamespaces(state: SharedState): Namespaces {
  const table = createTable(state, 'namespaces', listsByName);
  return {
    of: (address) => table.all().get(address) ?? [],
    async set(address, names) {
      const clean = [...new Set(names.map((name) => name.trim().replace(/^\/+|\/+$/g, '')).filter(Boolean))];
      const wrong = clean.find((name) => !/^\w[\w.+-]*(\/\w[\w.+-]*)*$/.test(name) || name.length > 255);
      if (wrong !== undefined) {
        throw new UserError('bad-namespace', t('"{0}" cannot be the name of a namespace, group or project.', wrong));
      }
      await table.change(address, () => (clean.length > 0 ? clean : undefined));
      return clean;
    },
    onElsewhere: table.onElsewhere,
    dispose: table.dispose,
  };
}
