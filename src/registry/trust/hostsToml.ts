// Reads containerd's hosts.toml, which newer engines take from a certs.d folder, too.
import { apiHostOf } from '../../model/reference.ts';
import { isRecord } from '../../model/untyped.ts';

/** Paths as they stand in the file: absolute, or seen from its folder. */
export interface HostsFile {
  ca: string[];
  /** Client certificates, each with the file of its key, which may be the same one. */
  clients: { cert: string; key: string }[];
}

/**
 * What a hosts.toml says of the certificates of one host: its own section, or the part above the sections, which is for the
 * `server`. Mirrors in it are for pulls, and what turns verification off is for the engine alone.
 * Rejects where the text is no TOML. Source: docs/hosts.md of containerd 2.1.
 */
export async function readHostsFile(text: string, host: string): Promise<HostsFile> {
  const { parse } = await import('smol-toml');
  const file: Record<string, unknown> = parse(text);
  const own = typeof file.server !== 'string' || isHost(file.server, host) ? [file] : [];
  const sections = Object.entries(isRecord(file.host) ? file.host : {})
    .filter(([address]) => isHost(address, host))
    .map(([, section]) => section);
  const parts = [...sections, ...own].filter(isRecord);
  return {
    ca: [...new Set(parts.flatMap(({ ca }) => [ca].flat().filter(isText)))],
    clients: parts.flatMap(({ client }) => clientsOf(client)),
  };
}

/** A path, a list of paths, or a list of pairs; a path alone holds both the certificate and its key. */
function clientsOf(client: unknown): HostsFile['clients'] {
  return (Array.isArray(client) ? client : [client]).flatMap((each: unknown) => {
    const [cert, key]: unknown[] = Array.isArray(each) ? each : [each];
    return isText(cert) ? [{ cert, key: isText(key) ? key : cert }] : [];
  });
}

/** `https://host:port/v2`, or without a scheme. */
function isHost(address: string, host: string): boolean {
  const { host: named } = new URL(address.includes('://') ? address : `https://${address}`);
  return [host, apiHostOf(host)].some((each) => new URL(`https://${each}`).host === named);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
