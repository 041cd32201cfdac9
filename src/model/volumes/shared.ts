// Which containers use a volume, and which ones hold volumes for others: the data-only containers of the field notes [001][003].
import type { Container, Volume } from '../objects.ts';

/** Since API 1.42 the engine puts this label on volumes whose names it made up. */
export const anonymousLabel = 'com.docker.volume.anonymous';
/** Names that the engine makes up. */
export const madeUp = /^[0-9a-f]{64}$/;

/** Whether the engine made the volume's name up. Engines before API 1.42 put no label on such volumes. */
export function isAnonymous({ name, labels }: Volume): boolean {
  return Object.hasOwn(labels, anonymousLabel) || madeUp.test(name);
}

/** The containers that mount a volume, running or not. */
export function usersOf(containers: readonly Container[], volume: string): Container[] {
  return containers.filter(({ mounts }) => mounts.some(({ kind, source }) => kind === 'volume' && source === volume));
}

/**
 * The other containers that mount a volume of this one, where this one does not run: it then looks like a data-only
 * container, and those were started with `--volumes-from` or mount the same volumes.
 */
export function holdsVolumesFor(container: Container, containers: readonly Container[]): Container[] {
  if (container.state !== 'created' && container.state !== 'exited') {
    return [];
  }
  const own = new Set(container.mounts.filter(({ kind }) => kind === 'volume').map(({ source }) => source));
  return own.size === 0
    ? []
    : containers.filter(
        ({ id, mounts }) =>
          id !== container.id && mounts.some(({ kind, source }) => kind === 'volume' && own.has(source)),
      );
}
