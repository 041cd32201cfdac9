// Networks: which of them every engine has, and the addresses that an inspection tells.
import type { Network } from './objects.ts';
import { fields, text } from './untyped.ts';

const builtIn = new Set(['bridge', 'host', 'none', 'ingress', 'docker_gwbridge', 'podman', 'nat']);

/** Networks that come with the engine: they can be neither removed nor pruned. */
export function isBuiltIn({ name }: Pick<Network, 'name'>): boolean {
  return builtIn.has(name);
}

/** Addresses by container id, from the answer of `GET /networks/<id>`. */
export function addressesIn(raw: unknown): Map<string, string> {
  return new Map(
    Object.entries(fields(fields(raw).Containers)).map(([id, value]) => {
      const { IPv4Address, IPv6Address } = fields(value);
      return [id, [text(IPv4Address), text(IPv6Address)].filter(Boolean).join(' ')];
    }),
  );
}
