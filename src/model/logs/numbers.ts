// The numbers of lines that pass a filter, of which the oldest are dropped and new ones come.

/** Growing numbers whose smallest are dropped; places are counted from the very first on. */
export interface Numbers {
  /** How many were dropped. */
  readonly gone: number;
  readonly end: number;
  at(place: number): number | undefined;
  /** Adds numbers, each above all that are there. */
  add(more: readonly number[]): void;
  dropBelow(least: number): void;
  /** The place of the first number that is not below `value`. */
  lowerBound(value: number): number;
}

/** No numbers yet. It throws nothing. */
export function createNumbers(): Numbers {
  let values: number[] = [];
  /** Dropped from `values` already, and dropped but still in it. */
  let removed = 0;
  let skipped = 0;

  function lowerBound(value: number): number {
    let low = skipped;
    let high = values.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[middle] ?? 0) < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  return {
    get gone() {
      return removed + skipped;
    },
    get end() {
      return removed + values.length;
    },
    at: (place) => (place < removed + skipped ? undefined : values[place - removed]),
    add(more) {
      for (const value of more) {
        values.push(value);
      }
    },
    dropBelow(least) {
      skipped = lowerBound(least);
      // Not at every line: moving a long list takes its time.
      if (skipped > 10_000 && skipped > values.length / 4) {
        values = values.slice(skipped);
        removed += skipped;
        skipped = 0;
      }
    },
    lowerBound: (value) => removed + lowerBound(value),
  };
}

/** The next number after `value`, or the one before it, going round; undefined where there is none at all. */
export function nextOf(numbers: Numbers, value: number, back: boolean): number | undefined {
  const at = numbers.lowerBound(value);
  const next = back ? at - 1 : numbers.at(at) === value ? at + 1 : at;
  const round = next < numbers.gone ? numbers.end - 1 : next >= numbers.end ? numbers.gone : next;
  return numbers.at(round);
}
