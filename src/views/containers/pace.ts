// How often a long list of containers is laid out, since the editor takes each of its rows anew then.
import type { InventoryChange } from '../../engine/types.ts';

/** A list of no more containers is laid out at once. */
const maxAtOnce = 1_000;
/** How long a longer one is left, in milliseconds for a container: two seconds for 10,000. */
const restEach = 0.2;
/** So many times as long at most, while changes go on. */
const maxRests = 3;

/**
 * Milliseconds until a list is laid out that a change asks for; undefined: at once, as when something came or went in a
 * list at rest. `sinceLaidOut` and `sinceDue` tell, in milliseconds, how long ago it was laid out last, and for how long
 * that is due now.
 */
export function waitBefore(
  { reset, added, removed }: Pick<InventoryChange, 'reset' | 'added' | 'removed'>,
  { size, sinceLaidOut, sinceDue }: { size: number; sinceLaidOut: number; sinceDue: number },
): number | undefined {
  const rest = size > maxAtOnce ? size * restEach : 0;
  const onlyMoved = added.length + removed.length === 0;
  return reset || rest === 0 || (!onlyMoved && sinceLaidOut >= rest)
    ? undefined
    : Math.min(rest, maxRests * rest - sinceDue);
}
