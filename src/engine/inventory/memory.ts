// Objects in memory, and what a new answer of the engine changes in them.
import { isDeepStrictEqual } from 'node:util';

export type Same<T> = (one: T, other: T) => boolean;

/**
 * Takes over what differs, and gives the keys of what came and what changed. Objects that are the same stay the very
 * objects they were.
 */
export function takeOver<T>(
  objects: Map<string, T>,
  found: ReadonlyMap<string, T>,
  removed: readonly string[],
  same: Same<T>,
): { added: string[]; changed: string[] } {
  const added: string[] = [];
  const changed: string[] = [];
  for (const [key, object] of found) {
    const old = objects.get(key);
    if (!old || !same(old, object)) {
      (old ? changed : added).push(key);
      objects.set(key, object);
    }
  }
  for (const key of removed) {
    objects.delete(key);
  }
  return { added, changed };
}

/** The status of a container is a sentence that ages ("Up 3 hours"): that alone is no change. */
export function sameButForAge<T extends object>(one: T, other: T): boolean {
  return isDeepStrictEqual(
    'status' in one ? { ...one, status: '' } : one,
    'status' in other ? { ...other, status: '' } : other,
  );
}
