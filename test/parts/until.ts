// The one way in which tests and parts wait for a condition.

/** Thrown by a check when waiting longer cannot help. */
export class GiveUp extends Error {}

/** Gives what is waited for; undefined and false are asked again, and so is a check that throws. */
type Check<T> = () => Promise<T | undefined | false> | T | undefined | false;

/** The first pauses are short, for what comes at once; a check that asks a program is not made more often than this. */
const maxPauseMs = 50;

/**
 * Waits until `check` gives something other than undefined and false, and gives that. Rejects after `ms` with a sentence that says
 * what was waited for (`what`, or else the text of the check) and why the last check failed, where it did: a check that asserts
 * says there what it saw. Rejects at once with a `GiveUp` that the check throws.
 */
export async function until<T>(what: string, check: Check<T>, ms?: number): Promise<T>;
export async function until<T>(check: Check<T>, ms?: number): Promise<T>;
export async function until<T>(first: string | Check<T>, second?: Check<T> | number, third?: number): Promise<T> {
  const check = typeof first === 'string' ? second : first;
  const ms = typeof first === 'string' ? third : second;
  return await waitFor(String(first), check as Check<T>, (ms as number | undefined) ?? 30_000);
}

async function waitFor<T>(what: string, check: Check<T>, ms: number): Promise<T> {
  const deadline = Date.now() + ms;
  for (let pause = 0; ; pause = Math.min(2 * pause + 1, maxPauseMs)) {
    let reason = '';
    try {
      const value = await check();
      if (value !== undefined && value !== false) {
        return value;
      }
    } catch (error) {
      if (error instanceof GiveUp) {
        throw error;
      }
      reason = `: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (Date.now() > deadline) {
      throw new Error(`Waited ${ms / 1000} s for ${what}${reason}`);
    }
    await new Promise((resolve) => (pause === 0 ? setImmediate(resolve) : setTimeout(resolve, pause)));
  }
}
