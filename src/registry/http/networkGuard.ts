// Which network addresses a server may send us to: none inside this machine or its network unless it is there itself.
import { BlockList, isIP } from 'node:net';

const loopback = listOf(['127.0.0.0/8', '::1/128']);
const linkLocal = listOf(['169.254.0.0/16', 'fe80::/10', '0.0.0.0/8', '::/128']);
const local = listOf(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7']);

type AddressKind = 'public' | 'local' | 'loopback' | 'link-local';

/** Whether the name or literal address is this machine itself. Takes a host name without port. */
export function isLoopback(hostname: string): boolean {
  return kindOfAddress(hostname) === 'loopback';
}

/**
 * Whether `target` is a literal private place that `origin` has no business to send us to.
 * Names that resolve into a private network pass: that is how companies name their servers.
 */
export function isPrivateAddress(target: string, origin: string): boolean {
  const kind = kindOfAddress(target);
  if (kind === 'public' || bare(target) === bare(origin)) {
    return false;
  }
  return kind === 'link-local' || kind !== kindOfAddress(origin);
}

/** Same scheme, host and port: credentials may go along. */
export function sameOrigin(one: URL, other: URL): boolean {
  return one.protocol === other.protocol && one.host === other.host;
}

function kindOfAddress(hostname: string): AddressKind {
  const name = bare(hostname);
  const family = isIP(name);
  if (family === 0) {
    return name === 'localhost' || name.endsWith('.localhost')
      ? 'loopback'
      : name === 'metadata.google.internal'
        ? 'link-local'
        : 'public';
  }
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  if (loopback.check(name, kind)) {
    return 'loopback';
  }
  return linkLocal.check(name, kind) ? 'link-local' : local.check(name, kind) ? 'local' : 'public';
}

function bare(hostname: string): string {
  return hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
}

function listOf(ranges: string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits = '0'] = range.split('/');
    // By its sign, since the first call of isIP costs milliseconds, and this runs while the extension starts.
    list.addSubnet(address, Number(bits), address.includes(':') ? 'ipv6' : 'ipv4');
  }
  return list;
}
