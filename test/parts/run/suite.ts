// What suites on real parts have in common.
import { after, before } from 'mocha';

/** Begins a suite's own parts before its tests and ends them after; skips the suite where `why` says that they cannot run here. */
export function aroundSuite(begin: () => Promise<void>, end: () => Promise<void>, why: () => string | undefined): void {
  before(async function () {
    if (why()) {
      this.skip();
    }
    await begin();
  });
  after(end);
}
