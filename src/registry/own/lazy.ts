// One's own registry, for the rest of the product; what it is made with is loaded when it is first used.
import type { OwnOffer, OwnParts, OwnPlan } from './setup.ts';

export interface OwnRegistry {
  /** What can be offered to a person for a registry in a container of this name. */
  offer(container: string): Promise<OwnOffer>;
  /** Makes, or takes from its folder, what the container needs. Rejects as `certificatesIn` of the folder does. */
  prepare(plan: OwnPlan): Promise<OwnParts>;
}

/** Works at once, on this machine alone; asks no engine and no registry. */
export function createOwnRegistry(): OwnRegistry {
  return {
    offer: async (container) => (await import('./setup.ts')).offerOwn(container),
    prepare: async (plan) => (await import('./setup.ts')).prepareOwn(plan),
  };
}
