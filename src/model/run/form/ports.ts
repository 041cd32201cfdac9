// Ports that are taken: what the form says of clashes, and which host ports an image's own ports are proposed at.

import { t } from '../../l10n.ts';
import type { Container } from '../../objects.ts';
import { type PortMapping, parsePort } from '../create/ports.ts';

/** A port of the host that a container holds. */
export interface PublishedPort {
  /** Name of the container. */
  by: string;
  /** Empty for any address. */
  address: string;
  port: number;
  protocol: string;
}

/** The host ports that containers hold now. */
export function publishedPorts(containers: readonly Container[]): PublishedPort[] {
  return containers.flatMap(({ name, ports }) =>
    ports.flatMap(({ host, address = '', protocol }) =>
      host === undefined ? [] : [{ by: name, address: anyAddress(address) ? '' : address, port: host, protocol }],
    ),
  );
}

/** For each mapping the sentence that says who has its host port, or undefined. Mappings that cannot be read clash with nothing. */
export function portClashes(mappings: readonly string[], published: readonly PublishedPort[]): (string | undefined)[] {
  const held = byPort(published);
  /** The ports of the rows so far: a row may be a range of all ports there are. */
  const rows = new Map<number, (HostPort & { row: number })[]>();
  return mappings.map((mapping, row) => {
    const ports = hostPorts(mapping);
    const clash = firstOf(ports, (port) => {
      const other = rows.get(port.port)?.find((one) => meet(one, port));
      const holder = held.get(port.port)?.find((one) => meet(one, port));
      return other
        ? t('Row {0} takes port {1} of the host already.', other.row + 1, port.port)
        : holder && t('Port {0} of the host is taken by the container {1}.', port.port, holder.by);
    });
    for (const port of ports) {
      rows.set(port.port, [...(rows.get(port.port) ?? []), { ...port, row }]);
    }
    return clash;
  });
}

/**
 * Mappings for the ports that an image exposes (`8080/tcp`): the same port of the host where an ordinary user may open it
 * and it is free, else one that the engine chooses.
 */
export function proposePorts(
  exposed: readonly string[],
  isFree: (port: number, protocol: string) => boolean,
): string[] {
  return exposed.flatMap((text) => {
    const [, digits = '', protocol = 'tcp'] = /^(\d+)(?:\/(\w+))?$/.exec(text) ?? [];
    const port = Number(digits);
    if (!port) {
      return [];
    }
    const end = protocol === 'tcp' ? '' : `/${protocol}`;
    return [port >= 1024 && isFree(port, protocol) ? `${port}:${port}${end}` : `${port}${end}`];
  });
}

/** The mappings, with those whose host port is taken left to a port that the engine chooses. */
export function withFreePorts(mappings: readonly string[], published: readonly PublishedPort[]): string[] {
  const clashes = portClashes(mappings, published);
  return mappings.map((mapping, index) => (clashes[index] === undefined ? mapping : freeForm(mapping)));
}

/** The mapping with the choice of the host port left to the engine. */
export function freeForm(mapping: string): string {
  const [first] = parsed(mapping);
  const container = /^[\d-]+(?:\/\w+)?$/.exec(mapping.slice(mapping.lastIndexOf(':') + 1).trim())?.[0] ?? mapping;
  const address = first?.address ?? '';
  return address === '' ? container : `${address.includes(':') ? `[${address}]` : address}::${container}`;
}

function byPort<T extends HostPort>(ports: readonly T[]): Map<number, T[]> {
  const found = new Map<number, T[]>();
  for (const port of ports) {
    found.set(port.port, [...(found.get(port.port) ?? []), port]);
  }
  return found;
}

function firstOf<T, R>(items: readonly T[], look: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = look(item);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

interface HostPort {
  address: string;
  port: number;
  protocol: string;
}

/** The host ports that a mapping fixes; one that leaves the choice to the engine fixes none. */
function hostPorts(mapping: string): HostPort[] {
  return parsed(mapping).flatMap(({ container, address, host }) =>
    /^\d+$/.test(host) && Number(host) > 0
      ? [
          {
            address: anyAddress(address) ? '' : address,
            port: Number(host),
            protocol: container.slice(container.indexOf('/') + 1),
          },
        ]
      : [],
  );
}

/** Nothing for what is no mapping; the field itself says so. */
function parsed(mapping: string): PortMapping[] {
  try {
    return parsePort(mapping);
  } catch {
    return [];
  }
}

function meet(one: HostPort, other: HostPort): boolean {
  return (
    one.port === other.port &&
    one.protocol === other.protocol &&
    (one.address === '' || other.address === '' || one.address === other.address)
  );
}

function anyAddress(address: string): boolean {
  return address === '' || address === '0.0.0.0' || address === '::';
}
