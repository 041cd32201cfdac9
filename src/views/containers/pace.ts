// How often a long list of containers is laid out, since the editor takes each of its rows anew then.
import type { InventoryChange } from '../../engine/types.ts';
import type { Disposable } from '../../model/event.ts';

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

export interface Pace extends Disposable {
  /** Whether a change has to wait. Then `draw` is called when its time has come, in place of any time that was set before. */
  waits(change: InventoryChange, size: number, draw: () => void): boolean;
  /** No change waits any more. */
  cancel(): void;
  /** The list is laid out now. */
  laidOut(): void;
}

/** The pace of one list. Holds when it was laid out last, since when that is due, and the timer; throws nothing. */
export function createPace(): Pace {
  let laidOutAt = Number.NEGATIVE_INFINITY;
  let dueSince: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  const cancel = () => {
    clearTimeout(timer);
    dueSince = undefined;
  };
  return {
    waits(change, size, draw) {
      const now = performance.now();
      const sinceDue = now - (dueSince ?? now);
      const wait = waitBefore(change, { size, sinceLaidOut: now - laidOutAt, sinceDue });
      if (wait === undefined) {
        return false;
      }
      dueSince ??= now;
      clearTimeout(timer);
      timer = setTimeout(draw, wait);
      return true;
    },
    cancel,
    laidOut() {
      laidOutAt = performance.now();
    },
    dispose: cancel,
  };
}
