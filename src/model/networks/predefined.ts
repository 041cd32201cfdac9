// Networks: which of them every engine has, and the addresses that an inspection tells.
import { t } from '../l10n.ts';
import type { Network } from '../objects.ts';
import { plain } from '../text.ts';
import { fields, text } from '../untyped.ts';

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

/** The sentence that says why the texts are no subnets, or undefined. The engine checks the addresses themselves. */
export function checkSubnets(texts: readonly string[]): string | undefined {
  const wrong = texts.find(
    (each) =>
      !/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/.test(each) && !(each.includes(':') && /^[\da-fA-F:.]+\/\d{1,3}$/.test(each)),
  );
  return wrong === undefined
    ? undefined
    : t(
        '"{0}" is not a subnet. Write an address and the length of its prefix, for example 172.30.0.0/16.',
        plain(wrong, 60),
      );
}
