// Ports of run options as the engine's API wants them.
import { t } from '../../l10n.ts';
import { mapOf } from '../../pairs.ts';
import type { RunOptions } from '../options.ts';
import { badValue, isIpAddress, shown } from '../parse.ts';

/** A port of the container, and where it is published. */
export interface PortMapping {
  /** `80/tcp`. */
  container: string;
  /** Empty for any address. */
  address: string;
  /** A port, a range of which the engine takes a free one (`8000-8010`), or empty for any free port. */
  host: string;
}

/** Characters of the longest mapping: an address of IPv6 and two ranges. */
const maxLength = 100;

/** The parts of a create request that speak of ports. */
export function portsOf(options: RunOptions) {
  const ports = (options.ports ?? []).flatMap(parsePort);
  const exposed = [...ports.map(({ container }) => container), ...(options.expose ?? []).flatMap(parseExpose)];
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const { container, address, host } of ports) {
    bindings[container] ??= [];
    bindings[container].push({ HostIp: address, HostPort: host });
  }
  return {
    config: { ...(exposed.length > 0 && { ExposedPorts: Object.fromEntries(exposed.map((port) => [port, {}])) }) },
    host: { PortBindings: bindings, ...(options.publishAll && { PublishAllPorts: true }) },
  };
}

/**
 * Reads what stands after `-p`: `[[address:][host]:]container[/protocol]`, each port a number or a range, or the long form
 * `published=8080,target=80,protocol=udp`. Ranges of the same length are paired; one container port with a range of host
 * ports takes a free one of these.
 */
export function parsePort(text: string): PortMapping[] {
  const short = text.includes('=') ? shortForm(text) : text.trim();
  const parts =
    short.length > maxLength
      ? undefined
      : /^(?:(?:(\[[0-9a-fA-F:.]+\]|[0-9a-fA-F:]*:[0-9a-fA-F:]*|[^:[\]]*):)?([0-9-]*):)?([0-9-]+)(?:\/(tcp|udp|sctp))?$/i.exec(
          short,
        );
  const [, addressText = '', hostText = '', containerText = '', protocol = 'tcp'] = parts ?? [];
  const address = addressText.replace(/^\[|\]$/g, '');
  const container = range(containerText);
  const host = hostText === '' ? undefined : range(hostText, 0);
  if (!parts || !container || (hostText !== '' && !host) || (address !== '' && !isIpAddress(address))) {
    throw badValue(
      'bad-port',
      t(
        '"{0}" is not a port mapping. Write host:container, for example 8080:80, 127.0.0.1:8080:80, 8000-8005:8000-8005 or 53:53/udp; 80 alone takes a free host port.',
        shown(text),
      ),
    );
  }
  const [first, last] = container;
  const length = last - first;
  if (host && host[1] - host[0] !== length && length > 0) {
    throw badValue(
      'bad-port',
      t(
        'The port ranges in "{0}" differ in length. Write ranges of the same length, for example 8000-8005:9000-9005.',
        shown(text),
      ),
    );
  }
  return Array.from({ length: length + 1 }, (_, index) => ({
    container: `${first + index}/${protocol.toLowerCase()}`,
    address,
    host: !host ? '' : length === 0 && host[1] > host[0] ? `${host[0]}-${host[1]}` : String(host[0] + index),
  }));
}

/** Reads what stands after `--expose`: `80`, `80/udp`, `8000-8005`. */
function parseExpose(text: string): string[] {
  const [, portText = '', protocol = 'tcp'] = /^([0-9-]+)(?:\/(tcp|udp|sctp))?$/i.exec(text.trim()) ?? [];
  const ports = range(portText);
  if (!ports) {
    throw badValue(
      'bad-expose',
      t(
        '"{0}" is not a port of the container. Write a port or a range, for example 80, 53/udp or 8000-8005.',
        shown(text),
      ),
    );
  }
  const [first, last] = ports;
  return Array.from({ length: last - first + 1 }, (_, index) => `${first + index}/${protocol.toLowerCase()}`);
}

function shortForm(text: string): string {
  const { published = '', target = '', protocol = 'tcp' } = mapOf(text.split(','));
  return `${published}:${target}/${protocol}`;
}

/** First and last port, or undefined for what is no port or range. */
function range(text: string, min = 1): [number, number] | undefined {
  const [, first = '', last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const [from, to] = [Number(first), Number(last || first)];
  return first !== '' && from >= min && to >= from && to <= 65_535 ? [from, to] : undefined;
}
