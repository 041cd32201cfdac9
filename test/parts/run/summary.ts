// What the test command says at its end, and whether the run was good.
import { type Failure, nothing, type StageResult, slowestOf } from './reporter.ts';

/** A stage that was run. */
export interface StageRun {
  name: string;
  /** On the clock. */
  seconds: number;
  result: StageResult;
}

export interface Run {
  stages: readonly StageRun[];
  /** On the clock, from the first stage to the end of the last. */
  seconds: number;
  /** Whether every stage was run that belongs to the command. */
  whole: boolean;
  /** In CI nothing may be missing, and few tests may be run again. */
  inCi: boolean;
}

/** Tests that may be run again in CI: more are a fault of the tests, or of what they test. */
export const maxRepeated = 3;
/** What a whole run is to take on two quiet cores. It is said and not held: the clock counts the machine's other work too. */
const maxMinutes = 15;
/**
 * Seconds of the processor for the stages that a person waits for between two changes: twenty seconds of two cores, and as much
 * again, since a core that others use too counts about twice the time for the same work.
 */
const quickStages = { names: ['unit', 'rules'], processor: 80 };
/** Lines of each failure that are said again at the end, where they are found first. */
const maxLines = 25;

/** The last lines of a run. The last of all counts the tests; the one before it counts those that were run again. */
export function summary(run: Run): { lines: string[]; good: boolean } {
  const stages = [...run.stages, ...budgets(run)];
  const sum = (key: 'passed' | 'failed' | 'skipped') => stages.reduce((total, { result }) => total + result[key], 0);
  const repeated = stages.flatMap(({ name, result }) =>
    result.repeated.map(({ title, reason, message }) => ({
      title: `${name}: ${title}`,
      message: `${reason}\n${message}`,
    })),
  );
  const failures = stages.flatMap(({ result }) => result.failures);
  return {
    lines: [
      ...times(run),
      ...again('Run once more, since it failed:', repeated),
      ...again('Failed:', failures),
      '',
      ...(run.whole && run.seconds > maxMinutes * 60
        ? [`THE RUN TOOK ${clock(run.seconds)}. On two quiet cores it is to take ${maxMinutes} minutes at most.`]
        : []),
      `${repeated.length} repeated`,
      `${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`,
    ],
    good: sum('failed') === 0 && !(run.inCi && sum('skipped') > 0),
  };
}

/** What a run may spend, as stages that have failed where it was spent and more. */
function budgets({ stages, inCi }: Run): StageRun[] {
  const failed = (name: string, message: string): StageRun => ({
    name,
    seconds: 0,
    result: { ...nothing, failed: 1, failures: [{ title: name, message }] },
  });
  const found: StageRun[] = [];
  const repeated = stages.reduce((total, { result }) => total + result.repeated.length, 0);
  if (inCi && repeated > maxRepeated) {
    found.push(
      failed(
        'repeats',
        `${repeated} tests were run once more, and CI allows ${maxRepeated}. Mend them, or what they test.`,
      ),
    );
  }
  const { names, processor } = quickStages;
  const spent = stages
    .filter(({ name }) => names.includes(name))
    .reduce((sum, { result }) => sum + result.processor, 0);
  if (spent > processor) {
    found.push(
      failed(
        names.join(' and '),
        `They took ${spent.toFixed(0)} s of the processor, and may take ${processor}. Make the slowest of them faster.`,
      ),
    );
  }
  return found;
}

function times({ stages, seconds }: Run): string[] {
  const each = stages.map(
    ({ name, seconds: took, result: { processor } }) =>
      `${name} ${took.toFixed(0)} s${processor > 0 ? ` (${processor.toFixed(0)} s of the processor)` : ''}`,
  );
  const tests = slowestOf(
    stages.flatMap(({ name, result }) => result.slowest.map(({ title, ms }) => ({ title: `${name}: ${title}`, ms }))),
  );
  return [
    '',
    `Time: ${clock(seconds)}; ${each.join(', ')}`,
    ...(tests.length > 0 ? ['The slowest:'] : []),
    ...tests.map(({ title, ms }) => `  ${(ms / 1000).toFixed(1).padStart(5)} s  ${title}`),
  ];
}

function again(heading: string, failures: readonly Failure[]): string[] {
  return failures.length === 0
    ? []
    : [
        '',
        heading,
        ...failures.flatMap(({ title, message }) => [
          `  ${title}`,
          ...message
            .split('\n')
            .slice(0, maxLines)
            .map((line) => `      ${line}`),
        ]),
      ];
}

function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
