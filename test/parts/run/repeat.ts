// A test runs once. One that may be run again says so itself, and why.
import type { Context } from 'mocha';

const reasons = 'docknotesReason';

/**
 * Lets the running test be run once more when it fails. Only for a race that is lost outside of Docknotes and its tests.
 * `reason` is one sentence; the end of the run says it beside why the test failed, and counts it (`test/run.ts`).
 */
export function mayRepeat(context: Context, reason: string): void {
  context.retries(1);
  Object.assign(context.runnable(), { [reasons]: reason });
}

/** The reason that a test gave. It stands at the test itself, since each bundle of tests has a copy of this file. */
export function reasonOf(test: object): string | undefined {
  return (test as { [reasons]?: string })[reasons];
}
