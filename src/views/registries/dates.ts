// Tags in order of their dates, which have to be asked for one by one.
import { forEachConcurrently } from '../../model/concurrent.ts';
import { maxAtOnce } from './newestFirst.ts';
import type { OpenRepository } from './repository.ts';

/** Milliseconds between two redraws of a whole repository while its dates arrive. */
const reorderAfter = 1000;

/**
 * Gets the dates of those tags that are not known, and has their order drawn again while they arrive and at the end.
 * Never rejects; ends early where the repository is closed, and draws nothing where all were known.
 */
export async function lookUpDates(
  repository: Pick<OpenRepository, 'closed' | 'fetch' | 'isKnown'>,
  tags: readonly string[],
  redraw: () => void,
): Promise<void> {
  const unknown = tags.filter((name) => !repository.isKnown(name));
  if (unknown.length === 0) {
    return;
  }
  let left = unknown.length;
  let drawn = Date.now();
  await forEachConcurrently(unknown, maxAtOnce, async (name) => {
    left -= 1;
    if (repository.closed) {
      return;
    }
    await repository.fetch(name);
    if (Date.now() - drawn > reorderAfter && left > 0) {
      drawn = Date.now();
      redraw();
    }
  });
  if (!repository.closed) {
    redraw();
  }
}

/** The first `count` names, the newest first, then the others. Those without a date stay in their order, behind the dated. */
export function newestOfFirst(
  names: readonly string[],
  count: number,
  createdOf: (name: string) => number | undefined,
): string[] {
  const created = (name: string) => createdOf(name) ?? Number.NEGATIVE_INFINITY;
  // Two without a date are infinitely far apart, which subtraction makes no number.
  const order = (a: string, b: string) => (created(a) === created(b) ? 0 : created(a) < created(b) ? 1 : -1);
  return [...names.slice(0, count).sort(order), ...names.slice(count)];
}
