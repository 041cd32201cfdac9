// The address of an engine: what is allowed in one, and what it comes to.
import type { Endpoint } from '../../model/engines/endpoint.ts';
import { EngineError } from '../../model/engines/error.ts';
import { t } from '../../model/l10n.ts';

/** The file or pipe of a local endpoint; undefined for one over the network. */
export function socketPath(url: string): string | undefined {
  const unix = /^unix:\/\/(\/.+)$/.exec(url)?.[1];
  // npipe:////./pipe/name is what docker writes; npipe://./pipe/name and back slashes are what people write.
  const pipe = /^npipe:\/\/(?:\/\/)?(\.\/pipe\/.+)$/.exec(url.replaceAll('\\', '/'))?.[1];
  return unix ?? (pipe && `//${pipe}`);
}

/** How dockerode wants an endpoint. Throws an `EngineError` with problem `bad-address`. */
export function parseEndpoint(endpoint: Endpoint): {
  protocol: 'http' | 'https' | 'ssh';
  socketPath?: string;
  host?: string;
  port?: number;
  username?: string;
  /** The socket on the other side of an ssh connection. */
  socket?: string;
  ca?: string;
  cert?: string;
  key?: string;
} {
  const local = socketPath(endpoint.url);
  if (local) {
    return { protocol: 'http', socketPath: local };
  }
  const address =
    /^(?:tcp|https?|ssh):\/\/[^/]/.test(endpoint.url) && URL.canParse(endpoint.url) ? new URL(endpoint.url) : undefined;
  if (!address?.hostname) {
    throw badAddress(endpoint);
  }
  // Addresses with a scheme that URL does not know keep the brackets of IPv6; the modem wants them off.
  const host = address.hostname.replace(/^\[|\]$/g, '');
  if (address.protocol === 'ssh:') {
    return { protocol: 'ssh', ...sshParts(endpoint, address, host) };
  }
  const secure = endpoint.tls !== undefined || address.protocol === 'https:' || address.port === '2376';
  const { ca, cert, key } = endpoint.tls ?? {};
  const fallback = address.protocol === 'tcp:' ? (secure ? 2376 : 2375) : secure ? 443 : 80;
  const protocol = secure ? 'https' : 'http';
  return {
    protocol,
    host: `${protocol}://${host.includes(':') ? `[${host}]` : host}`,
    port: Number(address.port) || fallback,
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
  };
}

/** The endpoint, whose address was checked. Throws an `EngineError` with problem `bad-address`. */
export function checked(endpoint: Endpoint): Endpoint {
  // `host:port` alone is what DOCKER_HOST may hold, too.
  const whole = /^[\w.-]+:\d+$/.test(endpoint.url) ? { ...endpoint, url: `tcp://${endpoint.url}` } : endpoint;
  parseEndpoint(whole);
  return whole;
}

/**
 * What ssh and the shell on the other side are given: names and paths that cannot be taken for an option, and that
 * have no meaning to a shell. A password in the address would be seen by everybody who lists processes.
 */
function sshParts(
  endpoint: Endpoint,
  { username, password, port, pathname }: URL,
  host: string,
): { host: string; port?: number; username?: string; socket?: string } {
  const [socket, user] = [pathname.replace(/^\/$/, ''), username].map(decoded);
  if (
    socket === undefined ||
    user === undefined ||
    password !== '' ||
    !/^[\w.:][\w.:%-]*$/.test(host) ||
    !/^(?:[\w.][\w.@+\\-]*)?$/.test(user) ||
    !/^(?:\/[\w./@+-]+)?$/.test(socket)
  ) {
    throw badAddress(endpoint);
  }
  return { host, ...(port && { port: Number(port) }), ...(user && { username: user }), ...(socket && { socket }) };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function badAddress(endpoint: Endpoint): EngineError {
  const forms = 'unix:///var/run/docker.sock, npipe:////./pipe/docker_engine, tcp://host:2376, ssh://user@host';
  // A password in an address must not get into the log.
  const shown = endpoint.url.replace(/(:\/\/[^:@/]*):[^@/]*@/, '$1:…@');
  return new EngineError(t('"{0}" is not the address of an engine. Addresses look like {1}.', shown, forms), {
    problem: 'bad-address',
    endpoint,
  });
}
