// Runs one stage of the tests in a process of its own, with its lines on the screen and its counts in a file.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../machine/process.ts';
import { nothing, type StageResult } from './reporter.ts';

const running = new Set<ChildProcess>();

/** Runs a Node script; it counts as one test, passed when its exit code is 0. */
export async function runTool(stage: string, script: string, args: readonly string[]): Promise<StageResult> {
  const { code, output } = await runScript(stage, script, args, { quiet: true, limitMs: 2 * 60_000 });
  if (code === 0) {
    say(stage, '✔ no complaints');
    return { ...nothing, passed: 1 };
  }
  for (const line of output.split('\n')) {
    say(stage, line);
  }
  return { ...nothing, failed: 1, failures: [{ title: stage, message: output }] };
}

/** Runs Mocha on files; `args` may hold further flags, as `--grep`. */
export function runMocha(
  stage: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  limitMs: number,
): Promise<StageResult> {
  const mocha = join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
  const reporter = join(root, 'test', 'parts', 'run', 'reporter.ts');
  const color = process.stdout.isTTY ? '--color' : '--no-color';
  return runCounted(stage, mocha, ['--reporter', reporter, color, '--pass-with-no-tests', ...args], env, limitMs);
}

/** Runs a script that leaves its counts in DOCKNOTES_TEST_RESULT. One that ends badly without them counts as a failure. */
export async function runCounted(
  stage: string,
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  limitMs: number,
): Promise<StageResult> {
  const file = join(root, 'out', `result-${stage.replace(' ', '-')}.json`);
  rmSync(file, { force: true });
  const { code } = await runScript(stage, script, args, { env: { ...env, DOCKNOTES_TEST_RESULT: file }, limitMs });
  const result = readResult(file);
  if (result && (code === 0 || result.failed > 0)) {
    return result;
  }
  const message = result
    ? `It ended with ${code} although its tests passed.`
    : `It ended with ${code} before its tests did.`;
  say(stage, `✖ ${message}`);
  const before = result ?? nothing;
  return { ...before, failed: before.failed + 1, failures: [...before.failures, { title: stage, message }] };
}

/** Runs a Node script and rejects, after printing its output, when its exit code is not 0. */
export async function runStep(step: string, script: string, args: readonly string[]): Promise<void> {
  const { code, output } = await runScript(step, script, args, { quiet: true, limitMs: 3 * 60_000 });
  if (code !== 0) {
    for (const line of output.split('\n')) {
      say(step, line);
    }
    throw new Error(`${step} ended with ${code}.`);
  }
}

/** Ends every stage that runs, for when a person interrupts the tests. */
export function endStages(): void {
  for (const child of running) {
    end(child, 'SIGTERM');
  }
}

/** Prints a line under the stage's name. */
export function say(stage: string, line: string): void {
  process.stdout.write(line.trim() === '' ? '' : `${stage.padEnd(7)} ${line}\n`);
}

async function runScript(
  stage: string,
  script: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; quiet?: boolean; limitMs: number },
): Promise<{ code: number | string; output: string }> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that ending it ends what it started.
    detached: process.platform !== 'win32',
  });
  running.add(child);
  let output = '';
  let rest = '';
  const take = (text: string) => {
    output += text;
    if (!options.quiet) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        say(stage, line);
      }
    }
  };
  child.stdout.setEncoding('utf8').on('data', take);
  child.stderr.setEncoding('utf8').on('data', take);
  const timers = [
    setTimeout(() => {
      say(stage, `✖ It did not end in ${options.limitMs / 1000} s.`);
      end(child, 'SIGTERM');
    }, options.limitMs),
    setTimeout(() => end(child, 'SIGKILL'), options.limitMs + 15_000),
  ];
  const code = await new Promise<number | string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (exitCode, signal) => resolve(exitCode ?? signal ?? 'unknown'));
  });
  timers.forEach(clearTimeout);
  running.delete(child);
  end(child, 'SIGKILL');
  say(stage, rest);
  return { code, output };
}

function end(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (process.platform === 'win32' || child.pid === undefined) {
      child.kill(signal);
    } else {
      process.kill(-child.pid, signal);
    }
  } catch {
    // It has ended already.
  }
}

function readResult(file: string): StageResult | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as StageResult;
  } catch {
    return undefined;
  }
}
