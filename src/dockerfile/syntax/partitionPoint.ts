// Binary search, once for all that is in order.

/**
 * The first index from 0 up to `length` at which `holds` is false, for what holds up to some index and for nothing behind
 * it; `length` where it holds everywhere. Asks as often as `length` can be halved.
 */
export function partitionPoint(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
