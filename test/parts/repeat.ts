// A test on real parts that fails is run once more (CONTRIBUTING.md), and must not stumble over what its first run left.
import { beforeEach } from 'mocha';

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
