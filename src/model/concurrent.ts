// Several things at a time, but never more than so many.

/** Runs a task for all items, at most `max` at once; resolves when all are done. The first failure rejects, and no further item is begun. */
export async function forEachConcurrently<T>(
  items: readonly T[],
  max: number,
  task: (item: T) => Promise<void>,
): Promise<void> {
  const left = items[Symbol.iterator]();
  let failed = false;
  const worker = async () => {
    for (const item of left) {
      if (failed) {
        return;
      }
      try {
        await task(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(max, items.length) }, worker));
}
