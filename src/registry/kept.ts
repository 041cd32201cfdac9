// What is kept of the registries that a person added: where they are, and how they chose to reach them. No secrets.
import type { RegistryAddress } from './types.ts';

export interface KeptRegistry extends RegistryAddress {
  /** PEM of CAs that were chosen to be trusted for it. */
  trustedCa?: readonly string[];
}

export interface KeptRegistries {
  list(): KeptRegistry[];
  /** `name` as `nameOf` gives it. */
  find(name: string): KeptRegistry | undefined;
  /** Keeps a registry, in place of what was kept of it before. */
  put(registry: KeptRegistry): Promise<void>;
  remove(name: string): Promise<void>;
}

/** A place in which the editor keeps plain data between sessions. */
export interface State {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}

const stateKey = 'registries';

export function createKeptRegistries(state: State): KeptRegistries {
  const list = () => readRegistries(state.get(stateKey));
  const others = (name: string) => list().filter((registry) => nameOf(registry) !== name);
  return {
    list,
    find: (name) => list().find((registry) => nameOf(registry) === name),
    put: async (registry) => state.update(stateKey, [...others(nameOf(registry)), registry]),
    remove: async (name) => state.update(stateKey, others(name)),
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
