// The address of a published port for a browser, and which of several ports is likely a web page.
import { remoteHostOf } from '../engines/endpoint.ts';
import type { Port } from '../objects.ts';

/** Ports inside containers that speak HTTPS by custom. */
const secure = new Set([443, 6443, 8443, 9443]);
/** Ports of web servers by custom, the likeliest first. */
const webServers = [80, 443, 8080, 8000, 3000, 5000, 8888, 8443, 8081, 4200, 5173, 9000, 9090, 9443];
/** Ports by custom of what no browser shows: ssh, mail, names, databases, queues. */
const never = new Set([
  21, 22, 25, 53, 110, 143, 389, 465, 587, 1433, 1521, 2181, 3306, 5432, 5672, 6379, 9092, 11211, 27017,
]);

/**
 * `http://localhost:8080` for a published TCP port; undefined when nothing can be opened there.
 * `endpoint` is the engine's address: what a remote engine publishes is at its host.
 */
export function webAddress(port: Port, endpoint: string | undefined): string | undefined {
  if (port.protocol !== 'tcp' || port.host === undefined) {
    return undefined;
  }
  const host = hostOf(port.address ?? '', remoteHostOf(endpoint ?? ''));
  return host && `${secure.has(port.container) ? 'https' : 'http'}://${host}:${port.host}`;
}

/** The ports that can be opened, each once, the likeliest web page first. */
export function webPorts(ports: readonly Port[], endpoint: string | undefined): { port: Port; url: string }[] {
  const found = new Map<string, Port>();
  for (const port of ports) {
    const url = webAddress(port, endpoint);
    if (url !== undefined && !found.has(url)) {
      found.set(url, port);
    }
  }
  return [...found].map(([url, port]) => ({ url, port })).sort((a, b) => rank(a.port) - rank(b.port));
}

/** Whether a port is known for web pages. */
export function isWebPort({ container }: Port): boolean {
  return webServers.includes(container);
}

function rank({ container }: Port): number {
  const place = webServers.indexOf(container);
  return place >= 0 ? place : never.has(container) ? 1000 : 100;
}

function hostOf(address: string, remote: string | undefined): string | undefined {
  if (address === '' || address === '0.0.0.0' || address === '::') {
    return remote === undefined ? 'localhost' : inAddress(remote);
  }
  if (/^127\./.test(address) || address === '::1') {
    // A loopback of another machine is out of reach.
    return remote === undefined ? 'localhost' : undefined;
  }
  return /^[\da-fA-F.:]+$/.test(address) ? inAddress(address) : undefined;
}

/** A host as it stands in an address; undefined for a text that has no place there. */
function inAddress(host: string): string | undefined {
  if (/^[\da-f:.]+$/i.test(host) && host.includes(':')) {
    return `[${host}]`;
  }
  return /^[\w.-]+$/.test(host) ? host : undefined;
}
