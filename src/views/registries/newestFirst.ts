// Work that is wished for while a person scrolls: the newest wish is what they look at now, so it is the first.

/** As many tags are asked about at once as the client sends requests. */
export const maxAtOnce = 6;
/** More rows than a screen holds: those that wait longer have been scrolled away. */
const maxWaiting = 400;

export interface Wishes<T> {
  /** Adds a wish; gives those that have waited too long and are not fulfilled. */
  add(wish: T): T[];
  /** Takes those away that wait; gives them, and those that are worked on. */
  take(of: (wish: T) => boolean): T[];
}

/**
 * Works on wishes, several at once and none twice at once. `work` begins with one and never rejects; undefined says that
 * there is nothing to do any more. It holds who waits and who is worked on, and goes on until nobody waits.
 */
export function newestFirst<T>(keyOf: (wish: T) => string, work: (wish: T) => Promise<void> | undefined): Wishes<T> {
  let waiting: T[] = [];
  const running = new Map<string, T>();

  function next(): void {
    while (running.size < maxAtOnce) {
      const wish = waiting.pop();
      if (wish === undefined) {
        return;
      }
      const key = keyOf(wish);
      const done = running.has(key) ? undefined : work(wish);
      if (done) {
        running.set(key, wish);
        void done.then(() => {
          running.delete(key);
          next();
        });
      }
    }
  }

  return {
    add(wish) {
      waiting.push(wish);
      const late = waiting.splice(0, Math.max(0, waiting.length - maxWaiting));
      next();
      return late;
    },
    take(of) {
      const taken = [...waiting, ...running.values()].filter(of);
      waiting = waiting.filter((wish) => !of(wish));
      return taken;
    },
  };
}
