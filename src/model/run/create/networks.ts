// Networks, names and addresses of run options as the engine's API wants them.

import { isOlder } from '../../apiVersion.ts';
import { t } from '../../l10n.ts';
import { pairOf } from '../../pairs.ts';
import type { RunOptions } from '../options.ts';
import { badValue, fieldsOf, integerOf, isIpAddress, shown } from '../parse.ts';

interface Attachment {
  name: string;
  aliases: string[];
  links?: string[];
  driverOptions: Record<string, string>;
  ip?: string;
  ip6?: string;
  macAddress?: string;
  linkLocalIps: string[];
  gatewayPriority?: number;
}

/**
 * The parts of a create request that speak of networks. From API 1.44 on a MAC address belongs to the network;
 * older engines know only one for the container.
 */
export function networkOf(options: RunOptions, apiVersion: string | undefined) {
  const attachments = [options.network || 'default', ...(options.otherNetworks ?? [])].map(parseNetwork);
  const [first] = attachments as [Attachment, ...Attachment[]];
  applyFlags(first, options);
  check(attachments);
  const perNetwork = apiVersion !== undefined && !isOlder(apiVersion, '1.44');
  const endpoints = attachments
    .map((attachment) => [attachment.name, endpointOf(attachment, perNetwork)] as const)
    // A single network without settings of its own is known from the network mode.
    .filter(([, endpoint]) => attachments.length > 1 || Object.keys(endpoint).length > 0);
  return {
    config: { ...(first.macAddress && !perNetwork && { MacAddress: first.macAddress }) },
    host: {
      NetworkMode: first.name,
      ...(options.links?.length && { Links: options.links }),
      ...(options.extraHosts?.length && { ExtraHosts: options.extraHosts.map(parseHost) }),
      Dns: (options.dns ?? []).map(parseDns),
      DnsOptions: options.dnsOptions ?? [],
      DnsSearch: options.dnsSearch ?? [],
    },
    networking: { EndpointsConfig: Object.fromEntries(endpoints) },
  };
}

/** Reads what stands after `--network`: a name, or `name=net,alias=web,ip=…,ip6=…,mac-address=…,link-local-ip=…,driver-opt=key=value,gw-priority=1`. */
function parseNetwork(text: string): Attachment {
  const attachment: Attachment = { name: text, aliases: [], driverOptions: {}, linkLocalIps: [] };
  if (!/\w=\w/.test(text)) {
    return attachment;
  }
  attachment.name = '';
  for (const field of fieldsOf(text) ?? ['']) {
    const [key, value] = pairOf(field).map((part) => part?.trim());
    switch (value === undefined ? undefined : key) {
      case 'name':
        attachment.name = value ?? '';
        break;
      case 'alias':
        attachment.aliases.push(value ?? '');
        break;
      case 'ip':
      case 'ip6':
        attachment[key as 'ip' | 'ip6'] = value ?? '';
        break;
      case 'mac-address':
        attachment.macAddress = value ?? '';
        break;
      case 'link-local-ip':
        attachment.linkLocalIps.push(value ?? '');
        break;
      case 'driver-opt': {
        const [name, option = ''] = pairOf(value ?? '');
        attachment.driverOptions[name.trim()] = option.trim();
        break;
      }
      case 'gw-priority':
        attachment.gatewayPriority = integerOf(value ?? '') ?? Number.NaN;
        break;
      default:
        throw badNetwork(text);
    }
  }
  if (attachment.name === '' || Number.isNaN(attachment.gatewayPriority)) {
    throw badNetwork(text);
  }
  return attachment;
}

/** The flags beside `--network` belong to the first network. */
function applyFlags(first: Attachment, options: RunOptions): void {
  const { networkAliases: aliases = [], ip, ip6, macAddress, linkLocalIps = [], links = [] } = options;
  const twice =
    (first.aliases.length > 0 && aliases.length > 0 && '--network-alias') ||
    (first.ip && ip && '--ip') ||
    (first.ip6 && ip6 && '--ip6') ||
    (first.macAddress && macAddress && '--mac-address') ||
    (first.linkLocalIps.length > 0 && linkLocalIps.length > 0 && '--link-local-ip');
  if (twice) {
    throw badValue('bad-network', t('{0} is given both by itself and within --network. Remove one of the two.', twice));
  }
  first.aliases.push(...aliases);
  first.linkLocalIps.push(...linkLocalIps);
  if (isUserDefined(first.name) && links.length > 0) {
    first.links = links;
  }
  Object.assign(first, ip && { ip }, ip6 && { ip6 }, macAddress && { macAddress });
}

function check(attachments: readonly Attachment[]): void {
  const names = attachments.map(({ name }) => name);
  const own = names.filter(isUserDefined);
  if (new Set(names).size < names.length || (own.length > 0 && own.length < names.length)) {
    throw badValue(
      'bad-network',
      t(
        'The networks {0} do not go together. Name each network once; bridge, host, none and container: stand alone.',
        shown(names.join(', ')),
      ),
    );
  }
  for (const { name, aliases, ip, ip6, macAddress } of attachments) {
    if (aliases.length > 0 && !isUserDefined(name)) {
      throw badValue(
        'bad-network',
        t('The network "{0}" knows no aliases. Create a network of your own for them.', shown(name)),
      );
    }
    const address = [ip, ip6].find((text) => text && !isIpAddress(text));
    if (address) {
      throw badValue('bad-address', t('"{0}" is not an IP address.', shown(address)));
    }
    if (
      macAddress &&
      !/^[\da-f]{2}(?:([:-])[\da-f]{2})(?:\1[\da-f]{2}){4}(?:(?:\1[\da-f]{2}){2})?$/i.test(macAddress)
    ) {
      throw badValue(
        'bad-address',
        t('"{0}" is not a MAC address. Write for example 92:d0:c6:0a:29:33.', shown(macAddress)),
      );
    }
  }
}

function isUserDefined(name: string): boolean {
  return !/^(?:default|bridge|host|none|nat|container:.*)$/.test(name);
}

function endpointOf(attachment: Attachment, perNetwork: boolean) {
  const { aliases, driverOptions, gatewayPriority, ip, ip6, linkLocalIps, links, macAddress } = attachment;
  const ipam = {
    ...(ip && { IPv4Address: ip }),
    ...(ip6 && { IPv6Address: ip6 }),
    ...(linkLocalIps.length > 0 && { LinkLocalIPs: linkLocalIps }),
  };
  return {
    ...(Object.keys(ipam).length > 0 && { IPAMConfig: ipam }),
    ...(links && { Links: links }),
    ...(aliases.length > 0 && { Aliases: aliases }),
    ...(macAddress && perNetwork && { MacAddress: macAddress }),
    ...(Object.keys(driverOptions).length > 0 && { DriverOpts: driverOptions }),
    ...(gatewayPriority && { GwPriority: gatewayPriority }),
  };
}

/** `host:ip`, `host=ip` or `host=[ip]` as the API has it: `host:ip`. */
function parseHost(text: string): string {
  const [, host = '', given = ''] = /^([^:=]+)[:=]([\s\S]*)$/.exec(text) ?? [];
  const address = given.trim().replace(/^\[(.*)\]$/, '$1');
  if (host === '' || (address !== 'host-gateway' && !isIpAddress(address))) {
    throw badValue(
      'bad-host',
      t(
        '"{0}" does not give a host an address. Write name:address, for example db:10.0.0.5 or host.docker.internal:host-gateway.',
        shown(text),
      ),
    );
  }
  return `${host}:${address}`;
}

function parseDns(text: string): string {
  if (!isIpAddress(text.trim())) {
    throw badValue('bad-address', t('"{0}" is not an IP address.', shown(text)));
  }
  return text.trim();
}

function badNetwork(text: string) {
  return badValue(
    'bad-network',
    t('"{0}" is not a network. Write its name, or for example name=net,alias=web,ip=10.0.0.5.', shown(text)),
  );
}
