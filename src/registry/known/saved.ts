// What is kept of the registries that a person added: where they are, and how they chose to reach them. No secrets.
import type { Disposable, Event } from '../../model/event.ts';
import type { SharedState } from '../../model/state.ts';
import type { RegistryAddress } from '../types.ts';
import { createTable } from './table.ts';

export interface KeptRegistry extends RegistryAddress {
  /** PEM of CAs that were chosen to be trusted for it. */
  trustedCa?: readonly string[];
}

export interface KeptRegistries extends Disposable {
  list(): KeptRegistry[];
  /** `name` as `nameOf` gives it. */
  find(name: string): KeptRegistry | undefined;
  /** Keeps a registry, in place of what was kept of it before. */
  put(registry: KeptRegistry): Promise<void>;
  remove(name: string): Promise<void>;
  /** Names of registries that another window has added, changed or removed. */
  readonly onElsewhere: Event<readonly string[]>;
}

export function createKeptRegistries(state: SharedState): KeptRegistries {
  const table = createTable<KeptRegistry>(state, 'registries', {
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

/** What an earlier session kept; entries that do not have the right form are passed over. */
function readRegistries(value: unknown): KeptRegistry[] {
  return (Array.isArray(value) ? value : []).flatMap((entry: Partial<KeptRegistry> | undefined) => {
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
