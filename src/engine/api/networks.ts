// Networks over the Engine API.

import { fields, text } from '../../model/untyped.ts';
import { segment, type Transport } from '../connection/transport.ts';
import { createRequests } from './jsonRequests.ts';

export interface NetworkOptions {
  name: string;
  /** `bridge` when absent. */
  driver?: string;
  /** Subnets in CIDR form; the engine chooses when there are none. */
  subnets?: string[];
  /** One for each subnet, in the same order. */
  gateways?: string[];
  /** Without a way out of the host. */
  internal?: boolean;
  /** Containers that run may join by themselves; for overlay networks. */
  attachable?: boolean;
  ipv6?: boolean;
  options?: Record<string, string>;
  labels?: Record<string, string>;
}

export interface JoinOptions {
  aliases?: string[];
  ip?: string;
  ip6?: string;
}

export interface Networks {
  create(options: NetworkOptions): Promise<{ id: string; warning: string }>;
  remove(network: string): Promise<void>;
  /** The engine's whole answer. */
  inspect(network: string): Promise<unknown>;
  connect(network: string, container: string, options?: JoinOptions): Promise<void>;
  /** `force` also where the container does not answer any more. */
  disconnect(network: string, container: string, options?: { force?: boolean }): Promise<void>;
}

export function createNetworks(transport: Transport): Networks {
  const { get, post, remove } = createRequests(transport);
  return {
    async create(options) {
      const answer = fields(await post('/networks/create', {}, networkBody(options)));
      return { id: text(answer.Id), warning: text(answer.Warning) };
    },
    async remove(network) {
      await remove(`/networks/${segment(network)}`);
    },
    inspect: (network) => get(`/networks/${segment(network)}`),
    async connect(network, container, { aliases, ip, ip6 } = {}) {
      const address = { ...(ip && { IPv4Address: ip }), ...(ip6 && { IPv6Address: ip6 }) };
      const endpoint = {
        ...(aliases?.length && { Aliases: aliases }),
        ...(Object.keys(address).length > 0 && { IPAMConfig: address }),
      };
      await post(`/networks/${segment(network)}/connect`, {}, { Container: container, EndpointConfig: endpoint });
    },
    async disconnect(network, container, { force = false } = {}) {
      await post(`/networks/${segment(network)}/disconnect`, {}, { Container: container, Force: force });
    },
  };
}

function networkBody(options: NetworkOptions): Record<string, unknown> {
  const { name, driver, subnets = [], gateways = [], internal, attachable, ipv6, labels } = options;
  const pools = subnets.map((subnet, index) => ({
    Subnet: subnet,
    ...(gateways[index] && { Gateway: gateways[index] }),
  }));
  return {
    Name: name,
    // Engines before API 1.44 take two networks of one name otherwise.
    CheckDuplicate: true,
    ...(driver && { Driver: driver }),
    ...(pools.length > 0 && { IPAM: { Config: pools } }),
    ...(internal && { Internal: true }),
    ...(attachable && { Attachable: true }),
    ...(ipv6 && { EnableIPv6: true }),
    ...(options.options && { Options: options.options }),
    ...(labels && { Labels: labels }),
  };
}
