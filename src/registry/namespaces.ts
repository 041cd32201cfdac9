// What to list of registries whose vendor lists by namespace only, as the person named it; plain data, kept between sessions.
import { UserError } from '../model/errors.ts';
import { t } from '../model/l10n.ts';
import type { State } from './kept.ts';

export interface Namespaces {
  of(address: string): readonly string[];
  /** An empty list forgets them. Rejects with `bad-namespace` for what cannot be one. */
  set(address: string, names: readonly string[]): Promise<readonly string[]>;
}

const stateKey = 'namespaces';

export function createNamespaces(state: State): Namespaces {
  return {
    of: (address) => read(state.get(stateKey))[address] ?? [],
    async set(address, names) {
      const clean = [...new Set(names.map((name) => name.trim().replace(/^\/+|\/+$/g, '')).filter(Boolean))];
      const wrong = clean.find((name) => !/^\w[\w.+-]*(\/\w[\w.+-]*)*$/.test(name) || name.length > 255);
      if (wrong !== undefined) {
        throw new UserError('bad-namespace', t('"{0}" cannot be the name of a namespace, group or project.', wrong));
      }
      const { [address]: _before, ...others } = read(state.get(stateKey));
      await state.update(stateKey, clean.length > 0 ? { ...others, [address]: clean } : others);
      return clean;
    },
  };
}

/** What an earlier session kept; entries that do not have the right form are passed over. */
function read(value: unknown): Record<string, string[]> {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value).flatMap(([address, names]) =>
          Array.isArray(names) ? [[address, names.filter((name) => typeof name === 'string')]] : [],
        ),
      )
    : {};
}
