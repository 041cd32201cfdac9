// Lets at max so many things run at once; the others wait in order.
import { Cancelled } from '../../model/errors.ts';

/** Resolves to a function that gives the place back; calling it twice does no harm. */
export type Semaphore = (signal: AbortSignal) => Promise<() => void>;

/** Gives a place to at most `max` at a time. A waiter whose signal is aborted leaves, and its promise rejects with Cancelled. */
export function createSemaphore(max: number): Semaphore {
  let running = 0;
  const waiting: (() => void)[] = [];

  const release = () => {
    running -= 1;
    waiting.shift()?.();
  };
  const take = () => {
    running += 1;
    let held = true;
    return () => {
      if (held) {
        held = false;
        release();
      }
    };
  };

  return (signal) => {
    if (signal.aborted) {
      return Promise.reject(new Cancelled());
    }
    if (running < max) {
      return Promise.resolve(take());
    }
    return new Promise((resolve, reject) => {
      const start = () => {
        signal.removeEventListener('abort', leave);
        resolve(take());
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(start), 1);
        reject(new Cancelled());
      };
      waiting.push(start);
      signal.addEventListener('abort', leave, { once: true });
    });
  };
}
