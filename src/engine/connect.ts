// One engine in use: a connection, and the client that speaks over it. Loaded when an engine is first needed.
import type { Endpoint } from '../model/engines/endpoint.ts';
import { createClient } from './api/client.ts';
import { type ReachOptions, reach } from './connection/reach.ts';
import type { Reached } from './connection/transport.ts';
import type { Confirm } from './files/helperContainers/consent.ts';
import type { EngineClient } from './types.ts';

export { factsOf } from './connection/aboutEngine.ts';

export interface Connection extends Reached {
  readonly client: EngineClient;
}

/**
 * Reaches the engine and gives its client. `confirm`: see `createFiles`.
 * Rejects with an `EngineError` that has a `problem`, or with `Cancelled`.
 */
export async function connect(
  endpoint: Endpoint,
  { confirm, ...options }: ReachOptions & { confirm?: Confirm | undefined } = {},
): Promise<Connection> {
  const reached = await reach(endpoint, options);
  return { ...reached, client: createClient(endpoint, reached.transport, reached.apiVersion, confirm) };
}
