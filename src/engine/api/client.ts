// The Engine API as the product uses it (EngineClient), over a transport.
import type { Endpoint } from '../../model/engines/endpoint.ts';
import type { Transport } from '../connection/transport.ts';
import type { Confirm } from '../files/helperContainers/consent.ts';
import { createFiles } from '../files/operations.ts';
import { createExecution } from './containers/execution.ts';
import { createInsight } from './containers/insight.ts';
import { createLifecycle } from './containers/lifecycle.ts';
import { createImages } from './images.ts';
import { createNetworks } from './networks.ts';
import { createSystem } from './system.ts';
import type { EngineClient } from './types.ts';
import { createVolumes } from './volumes.ts';

/**
 * The client of an engine that was reached. `apiVersion` is the version that was agreed with it; `confirm` is asked before
 * an image that is not known is run as a helper container. It asks nothing by itself.
 */
export function createClient(
  endpoint: Endpoint,
  transport: Transport,
  apiVersion: string,
  confirm?: Confirm,
): EngineClient {
  const insight = createInsight(transport);
  const containers = {
    ...createLifecycle(transport, apiVersion),
    ...insight,
    ...createExecution(transport, insight),
  };
  return {
    endpoint,
    containers,
    images: createImages(transport, endpoint),
    volumes: createVolumes(transport),
    networks: createNetworks(transport),
    system: createSystem(transport, apiVersion),
    files: createFiles(containers, transport, confirm),
  };
}
