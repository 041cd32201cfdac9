// What is stored of the registries that a person added: where they are, and how they chose to reach them. No secrets.
import type { Disposable, Event } from '../../../model/event.ts';
import type { SharedState } from '../../../model/state.ts';
import type { RegistryAddress } from '../../types.ts';
import { createTable } from './table.ts';

export interface SavedRegistry extends RegistryAddress {
  /** PEM of CAs that were chosen to be trusted for it. */
  trustedCa?: readonly string[];
}

export interface SavedRegistries extends Disposable {
  list(): SavedRegistry[];
  /** `name` as `nameOf` gives it. */
  find(name: string): SavedRegistry | undefined;
  /** Saves a registry, in place of what was saved of it before. */
  put(registry: SavedRegistry): Promise<void>;
  remove(name: string): Promise<void>;
  /** Names of registries that another window has added, changed or removed. */
  readonly onElsewhere: Event<readonly string[]>;
}

/** Works at once with what `state` has. What cannot be read of it is left out; its promises reject when it cannot be written. */
export function createSavedRegistries(state: SharedState): SavedRegistries {
  const table = createTable<SavedRegistry>(state, 'registries', {
    read: (value) => new Map(readRegistries(value).map((registry) => [nameOf(registry), registry])),
    write: (registries) => [...registries.values()],
  });
  return {
    list: () => [...table.all().values()],
    find: (name) => table.all().get(name),
    put: (registry) => table.change(nameOf(registry), () => registry),
    remove: (name) => table.change(name, () => undefined),
    onElsewhere: table.onElsewhere,
    dispose: table.dispose,
  };
}

/** The name of a registry everywhere in the product: `host[:port]`, with a path prefix where it has one. */
export function nameOf({ host, prefix }: { host: string; prefix?: string }): string {
  return prefix ? `${host}/${prefix}` : host;
}

/** The host of a registry's name. */
export function hostOf(name: string): string {
  return name.split('/')[0] ?? name;
}

/** The CAs that were chosen for a registry, as the options of a client. */
export function trustOf(saved: SavedRegistry | undefined): { trustedCa?: readonly string[] } {
  return saved?.trustedCa === undefined ? {} : { trustedCa: saved.trustedCa };
}

/** What an earlier session saved; entries that do not have the right form are passed over. */
function readRegistries(value: unknown): SavedRegistry[] {
  return (Array.isArray(value) ? value : []).flatMap((entry: Partial<SavedRegistry> | undefined) => {
    const { host, scheme, prefix, trustedCa } = entry ?? {};
    if (typeof host !== 'string' || (scheme !== 'http' && scheme !== 'https')) {
      return [];
    }
    const pems = (Array.isArray(trustedCa) ? trustedCa : []).filter((pem) => typeof pem === 'string');
    return {
      host,
      scheme,
      ...(typeof prefix === 'string' ? { prefix } : {}),
      ...(pems.length > 0 ? { trustedCa: pems } : {}),
    };
  });
}
