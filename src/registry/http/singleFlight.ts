// One piece of work per key at a time: who asks while it runs shares its outcome.
import { setMaxListeners } from 'node:events';
import { Cancelled } from '../../model/errors.ts';

/**
 * Gives a function that runs `work` for a key, or joins the run that is under way, and resolves or rejects as this run does.
 * The work is aborted only when everyone who waits has left; a waiter whose signal is aborted leaves with Cancelled.
 */
export function createSingleFlight<T>(): (
  key: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
) => Promise<T> {
  const running = new Map<string, { outcome: Promise<T>; waiting: number; controller: AbortController }>();
  return (key, signal, work) => {
    if (signal.aborted) {
      return Promise.reject(new Cancelled());
    }
    let flight = running.get(key);
    if (flight === undefined) {
      const controller = new AbortController();
      const started = { outcome: work(controller.signal), waiting: 0, controller };
      const finish = () => {
        if (running.get(key) === started) {
          running.delete(key);
        }
      };
      started.outcome.then(finish, finish);
      running.set(key, started);
      flight = started;
    }
    // One signal may wait for many things at once, which is no leak.
    setMaxListeners(0, signal);
    const joined = flight;
    joined.waiting += 1;
    return new Promise<T>((resolve, reject) => {
      const leave = () => {
        joined.waiting -= 1;
        if (joined.waiting === 0) {
          running.delete(key);
          joined.controller.abort();
        }
        reject(new Cancelled());
      };
      signal.addEventListener('abort', leave, { once: true });
      const stay = () => signal.removeEventListener('abort', leave);
      joined.outcome.then(
        (value) => {
          stay();
          resolve(value);
        },
        (error) => {
          stay();
          reject(error);
        },
      );
    });
  };
}
