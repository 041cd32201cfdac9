// Mocha's reporter for every stage: readable lines while it runs, and counts in a file (DOCKNOTES_TEST_RESULT) at the end.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type Mocha from 'mocha';
import { MochaClass } from './mocha.ts';

/** What a stage leaves in its result file. */
export interface StageResult {
  passed: number;
  failed: number;
  skipped: number;
  failures: Failure[];
  /** What failed once and was run again, with why it failed. */
  repeated: Failure[];
}

export interface Failure {
  title: string;
  message: string;
}

export const nothing: Readonly<StageResult> = { passed: 0, failed: 0, skipped: 0, failures: [], repeated: [] };

export default class StageReporter extends MochaClass.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const result: StageResult = { ...nothing, failures: [], repeated: [] };
    runner.on('pass', () => {
      result.passed += 1;
    });
    runner.on('pending', () => {
      result.skipped += 1;
    });
    runner.on('retry', (test, error: Error) => {
      const message = error.stack ?? String(error);
      result.repeated.push({ title: test.fullTitle(), message });
      MochaClass.reporters.Base.consoleLog(`      runs once more: ${test.fullTitle()}\n      ${message}`);
    });
    // A failing hook counts too: its tests did not run.
    runner.on('fail', (test, error: Error) => {
      result.failed += 1;
      result.failures.push({ title: test.fullTitle(), message: error.stack ?? String(error) });
    });
    runner.once('end', () => {
      const file = process.env.DOCKNOTES_TEST_RESULT;
      if (file) {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, JSON.stringify(result));
      }
    });
  }
}
