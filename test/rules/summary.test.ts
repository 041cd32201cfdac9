// What the end of a run says and holds: tests that were run again, the time, and the line that counts.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { nothing, type StageResult } from '../parts/run/reporter.ts';
import { maxRepeated, type Run, summary } from '../parts/run/summary.ts';

describe('the end of a run', () => {
  const run = (result: Partial<StageResult>, more: Partial<Run> = {}) =>
    summary({
      stages: [{ name: 'unit', seconds: 2, result: { ...nothing, passed: 7, ...result } }],
      seconds: 61,
      whole: true,
      inCi: true,
      ...more,
    });
  const repeated = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ title: `t${index}`, reason: 'Lost clicks.', message: 'Error: no' }));

  it('counts in its last line, and what was run again in the one before', () => {
    const { lines, good } = run({});
    assert.deepEqual(lines.slice(-2), ['0 repeated', '7 passed, 0 failed, 0 skipped']);
    assert.ok(good);
  });

  it('says of each that was run again why it may be, and why it failed', () => {
    const { lines, good } = run({ repeated: repeated(1) });
    const text = lines.join('\n');
    assert.match(text, /unit: t0\n +Lost clicks\.\n +Error: no\n/);
    assert.equal(lines.at(-2), '1 repeated');
    assert.ok(good);
  });

  it('fails in CI where more were run again than a few, and there alone', () => {
    assert.ok(run({ repeated: repeated(maxRepeated) }).good);
    const { lines, good } = run({ repeated: repeated(maxRepeated + 1) });
    assert.equal(good, false);
    assert.equal(lines.at(-1), '7 passed, 1 failed, 0 skipped');
    assert.ok(run({ repeated: repeated(maxRepeated + 1) }, { inCi: false }).good);
  });

  it('fails where the unit tests and rules took too much of the processor', () => {
    assert.ok(run({ processor: 30 }).good);
    assert.equal(run({ processor: 1000 }).good, false);
  });

  it('says loudly that a whole run took too long, and does not fail for it', () => {
    const { lines, good } = run({}, { seconds: 16 * 60 });
    assert.match(lines.join('\n'), /^THE RUN TOOK 16 min 0 s/m);
    assert.ok(good);
    assert.doesNotMatch(run({}, { seconds: 16 * 60, whole: false }).lines.join('\n'), /THE RUN/);
  });

  it('names the stages and the slowest tests with their times', () => {
    const text = run({ slowest: [{ title: 'slow', ms: 1234 }] }).lines.join('\n');
    assert.match(text, /^Time: 1 min 1 s; unit 2 s$/m);
    assert.match(text, /^ +1\.2 s {2}unit: slow$/m);
  });

  it('fails in CI for what could not run', () => {
    assert.equal(run({ skipped: 1 }).good, false);
    assert.ok(run({ skipped: 1 }, { inCi: false }).good);
  });
});
