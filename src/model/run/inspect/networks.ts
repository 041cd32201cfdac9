// The networks of a container, from its inspect answer, as run options.

import { type Fields, fields, number, text, textMap, texts } from '../../untyped.ts';
import type { RunOptions } from '../options.ts';
import { fieldsText } from '../parse.ts';

/** The networks, names and addresses of a container. */
export function inspectedNetwork(inspect: Fields, config: Fields, host: Fields, engine: Fields): Partial<RunOptions> {
  const networks = fields(fields(inspect.NetworkSettings).Networks);
  const mode = text(host.NetworkMode) || 'default';
  const isMode = ([name, endpoint]: [string, unknown]) =>
    name === (mode === 'default' && !(mode in networks) ? 'bridge' : mode) || fields(endpoint).NetworkID === mode;
  // Engines from version 26 on write "bridge" for the default; in older ones it was asked for by name.
  const isDefault =
    mode === 'default' || (mode === 'bridge' && !(Number.parseInt(text(engine.ServerVersion), 10) < 26));
  const all = Object.entries(networks);
  const first = all.find(isMode);
  const endpoint = fields(first?.[1]);
  const ipam = fields(endpoint.IPAMConfig);
  const driverOptions = Object.entries(textMap(endpoint.DriverOpts));
  const priority = number(endpoint.GwPriority);
  const extra = [
    ...driverOptions.map(([key, value]) => `driver-opt=${key}=${value}`),
    ...(priority ? [`gw-priority=${priority}`] : []),
  ];
  return {
    network: extra.length > 0 ? fieldsText([`name=${mode}`, ...extra]) : isDefault ? '' : mode,
    otherNetworks: all
      .filter((entry) => entry !== first)
      .map(([name, other]) => longNetwork(name, fields(other), inspect)),
    networkAliases: aliasesOf(endpoint, inspect),
    ip: text(ipam.IPv4Address),
    ip6: text(ipam.IPv6Address),
    linkLocalIps: texts(ipam.LinkLocalIPs),
    macAddress: text(config.MacAddress),
    links: linksOf(texts(host.Links).length > 0 ? texts(host.Links) : texts(endpoint.Links)),
    extraHosts: texts(host.ExtraHosts),
    dns: texts(host.Dns),
    dnsOptions: texts(host.DnsOptions),
    dnsSearch: texts(host.DnsSearch),
  };
}

function longNetwork(name: string, endpoint: Fields, inspect: Fields): string {
  const ipam = fields(endpoint.IPAMConfig);
  const settings = [
    ...aliasesOf(endpoint, inspect).map((alias) => `alias=${alias}`),
    ...[
      ['ip', ipam.IPv4Address],
      ['ip6', ipam.IPv6Address],
    ].flatMap(([key, value]) => (text(value) ? [`${key}=${value}`] : [])),
    ...texts(ipam.LinkLocalIPs).map((address) => `link-local-ip=${address}`),
    ...Object.entries(textMap(endpoint.DriverOpts)).map(([key, value]) => `driver-opt=${key}=${value}`),
    ...(number(endpoint.GwPriority) ? [`gw-priority=${endpoint.GwPriority}`] : []),
  ];
  return settings.length > 0 ? fieldsText([`name=${name}`, ...settings]) : name;
}

/** Older engines add the short id to the aliases by themselves. */
function aliasesOf(endpoint: Fields, inspect: Fields): string[] {
  return texts(endpoint.Aliases).filter((alias) => alias !== text(inspect.Id).slice(0, 12));
}

/** The engine writes a link as `/target:/container/alias`. */
function linksOf(links: readonly string[]): string[] {
  return links.map((link) => {
    const [, target, alias] = /^\/([^:]+):.*\/([^/]+)$/.exec(link) ?? [];
    return target === undefined ? link : target === alias ? target : `${target}:${alias}`;
  });
}
