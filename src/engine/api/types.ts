// The engine's client as the rest of the product uses it. Types only.
import type { Endpoint } from '../../model/engines/endpoint.ts';
import type { Files } from '../files/types.ts';
import type { Containers } from './containers/types.ts';
import type { Images } from './images.ts';
import type { Networks } from './networks.ts';
import type { System } from './system.ts';
import type { Volumes } from './volumes.ts';

/**
 * The Docker Engine API as the product uses it, by resource. Every failure is an `EngineError`
 * (or `Cancelled`, when the signal was aborted).
 */
export interface EngineClient {
  readonly endpoint: Endpoint;
  readonly containers: Containers;
  readonly images: Images;
  readonly volumes: Volumes;
  readonly networks: Networks;
  readonly system: System;
  /** Files of containers and volumes. */
  readonly files: Files;
}
