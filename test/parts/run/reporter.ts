// Mocha's reporter for every stage: readable lines while it runs, and counts and times in a file (DOCKNOTES_TEST_RESULT) at the end.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type Mocha from 'mocha';
import { MochaClass } from './mocha.ts';
import { reasonOf } from './repeat.ts';

/** What a stage leaves in its result file. */
export interface StageResult {
  passed: number;
  failed: number;
  skipped: number;
  failures: Failure[];
  /** What failed once and was run again. */
  repeated: Repeat[];
  /** The tests and hooks that took longest, the longest first. */
  slowest: Timed[];
  /** Seconds of the processor that the process itself took, without what it started; 0 where nobody measured them. */
  processor: number;
}

export interface Failure {
  title: string;
  message: string;
}

export interface Repeat extends Failure {
  /** Why the test may be run again, as it says itself. */
  reason: string;
}

export interface Timed {
  title: string;
  /** Milliseconds on the clock. */
  ms: number;
}

export const nothing: Readonly<StageResult> = {
  passed: 0,
  failed: 0,
  skipped: 0,
  failures: [],
  repeated: [],
  slowest: [],
  processor: 0,
};

/** How many of the slowest a run names. */
export const maxSlowest = 10;

export default class StageReporter extends MochaClass.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const result: StageResult = { ...nothing, failures: [], repeated: [] };
    const times: Timed[] = [];
    runner.on('pass', () => {
      result.passed += 1;
    });
    runner.on('pending', () => {
      result.skipped += 1;
    });
    runner.on('retry', (test, error: Error) => {
      const message = error.stack ?? String(error);
      const reason = reasonOf(test) ?? 'It gives no reason.';
      result.repeated.push({ title: test.fullTitle(), reason, message });
      MochaClass.reporters.Base.consoleLog(`      runs once more: ${test.fullTitle()}\n      ${message}`);
    });
    // A failing hook counts too: its tests did not run.
    runner.on('fail', (test, error: Error) => {
      result.failed += 1;
      result.failures.push({ title: test.fullTitle(), message: error.stack ?? String(error) });
    });
    for (const event of ['test end', 'hook end'] as const) {
      runner.on(event, (each: Mocha.Runnable) => {
        times.push({ title: each.fullTitle(), ms: each.duration ?? 0 });
      });
    }
    runner.once('end', () => {
      result.slowest = slowestOf(times);
      const { user, system } = process.cpuUsage();
      result.processor = (user + system) / 1e6;
      const file = process.env.DOCKNOTES_TEST_RESULT;
      if (file) {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, JSON.stringify(result));
      }
    });
  }
}

/** The results of processes that are one stage. */
export function joined(results: readonly StageResult[]): StageResult {
  const sum = (key: 'passed' | 'failed' | 'skipped' | 'processor') =>
    results.reduce((total, result) => total + result[key], 0);
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    failures: results.flatMap(({ failures }) => failures),
    repeated: results.flatMap(({ repeated }) => repeated),
    slowest: slowestOf(results.flatMap(({ slowest }) => slowest)),
    processor: sum('processor'),
  };
}

/** The slowest of them, the slowest first. */
export function slowestOf(times: readonly Timed[]): Timed[] {
  return [...times].sort((a, b) => b.ms - a.ms).slice(0, maxSlowest);
}
