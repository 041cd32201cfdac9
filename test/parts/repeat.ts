// A test on real parts that fails is run once more (CONTRIBUTING.md), and must not stumble over what its first run left.
import { after, before, beforeEach } from 'mocha';

/** Called in a suite: does the work before each test that is run once more. */
export function beforeRepeat(work: () => Promise<unknown>): void {
  let before: string | undefined;
  beforeEach('before a repeated test', async function () {
    const now = this.currentTest?.fullTitle();
    if (now === before) {
      await work();
    }
    before = now;
  });
}

/** Parts of a suite: begun before it, ended after it, and new ones in their place before a test that is run once more. */
export function anew(begin: () => Promise<void>, end: () => Promise<void>, why: () => string | undefined): void {
  before(async function () {
    if (why()) {
      this.skip();
    }
    await begin();
  });
  after(end);
  beforeRepeat(async () => {
    await end();
    await begin();
  });
}
