// Child processes, ports and locks, as every real part needs them.
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type NetConnectOpts, type Socket } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from '../until.ts';

/** The checkout. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/** Something that was started and can be ended; ending it twice does no harm. */
export interface Part {
  stop(): Promise<void>;
}

export interface Background extends Part {
  readonly pid: number;
  /** Settles when the process has ended, with its exit code or the signal's name. */
  readonly ended: Promise<number | string>;
  /** Sends one signal, without waiting. */
  signal(name: NodeJS.Signals): void;
  /** The last lines of its output, for an error message. */
  tail(): string;
}

/**
 * Starts a program that stays, with its output in a file.
 * It gets a process group of its own, so that Ctrl-C in a terminal reaches only us and the parts end in order.
 */
export function startInBackground(
  program: string,
  args: readonly string[],
  options: { log: string; cwd?: string; env?: NodeJS.ProcessEnv; graceMs?: number },
): Background {
  mkdirSync(dirname(options.log), { recursive: true });
  const log = openSync(options.log, 'a');
  const spawned: SpawnOptions = { stdio: ['ignore', log, log], detached: process.platform !== 'win32' };
  const child = spawn(program, args, {
    ...spawned,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: options.env ?? process.env,
  });
  closeSync(log);
  const ended = endOf(child);
  endWithThisProcess(child, ended);
  return {
    pid: child.pid ?? -1,
    ended,
    signal: (name) => signalGroup(child, name),
    tail: () => lastLines(options.log),
    stop: () => endGroup(child, ended, options.graceMs ?? 5000),
  };
}

/**
 * Runs a program to its end and gives its standard output.
 * Rejects with its error output when the exit code is not 0.
 */
export async function capture(
  program: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; input?: string } = {},
): Promise<string> {
  const child = spawn(program, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: options.env ?? process.env,
  });
  const ended = endOf(child);
  const kill = () => child.kill('SIGKILL');
  process.on('exit', kill);
  ended.then(() => process.off('exit', kill));
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  // A program that ends without reading its input is judged by its exit code alone.
  child.stdin.on('error', () => undefined).end(options.input ?? '');
  const code = await ended;
  if (code !== 0) {
    throw new Error(`${program} ${args.join(' ')} ended with ${code}: ${(errors || output).trim()}`);
  }
  return output;
}

/** Where a program is found on PATH (and in the folders of system programs), or undefined. */
export function programOnPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  if (process.platform !== 'win32') {
    folders.push('/usr/local/sbin', '/usr/sbin', '/sbin');
  }
  const names = process.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`] : [name];
  return folders
    .filter(Boolean)
    .flatMap((folder) => names.map((file) => join(folder, file)))
    .find((file) => existsSync(file));
}

/** A free port of the loopback interface: `preferred` when it is free, else one that the system picks. */
export async function freePort(preferred = 0): Promise<number> {
  return (await portIfFree(preferred)) ?? (await freePort());
}

/** Passes everything between a connection and the place that it is meant for; the end of one way does not end the other. */
export function pass(client: Socket, to: NetConnectOpts): void {
  const behind = connect({ ...to, allowHalfOpen: true });
  for (const each of [client, behind]) {
    each.on('error', () => {}).on('close', () => [client, behind].map((one) => one.destroy()));
  }
  client.pipe(behind).pipe(client);
}

/** Runs `work` while this process alone holds the lock file; a lock whose owner has died is taken over. */
export async function withLock<T>(lock: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(lock), { recursive: true });
  await until(`the lock ${lock}`, () => takeLock(lock), 15 * 60_000);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Whether a process with this id runs. One that has ended counts as gone even before its parent has asked for its exit code. */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return processState(pid)?.state !== 'Z';
}

/** What Linux says of a process (proc(5), /proc/PID/stat); undefined when it is gone, or on another system. */
export function processState(pid: number): { state: string; parent: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name stands in parentheses and may have spaces and parentheses itself.
    const [state = '', parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return undefined;
  }
}

/** Ends a process that is not our child: SIGTERM, and SIGKILL when it is still there after `graceMs`. */
export async function endProcess(pid: number, graceMs = 5000): Promise<void> {
  for (const [signal, ms] of [
    ['SIGTERM', graceMs],
    ['SIGKILL', 5000],
  ] as const) {
    try {
      process.kill(pid, signal);
      await until(`the end of process ${pid}`, () => !alive(pid), ms);
      return;
    } catch {
      if (!alive(pid)) {
        return;
      }
    }
  }
}

function takeLock(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
    if (owner > 0 && !alive(owner)) {
      rmSync(lock, { force: true });
    }
    return false;
  }
}

function portIfFree(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => (port === 0 ? reject(error) : resolve(undefined)));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}

function endOf(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
}

async function endGroup(child: ChildProcess, ended: Promise<unknown>, graceMs: number): Promise<void> {
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
  await ended;
  clearTimeout(timer);
  // What the program itself started and left behind.
  signalGroup(child, 'SIGKILL');
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) {
    return;
  }
  try {
    if (process.platform === 'win32') {
      child.kill(signal);
    } else {
      process.kill(-child.pid, signal);
    }
  } catch {
    // It has ended already.
  }
}

/** A last resort for when this process ends without stopping its parts, e.g. by SIGTERM from whoever runs it. */
function endWithThisProcess(child: ChildProcess, ended: Promise<unknown>): void {
  const kill = () => signalGroup(child, 'SIGKILL');
  process.on('exit', kill);
  ended.then(() => process.off('exit', kill));
  if (process.listenerCount('SIGTERM') === 0) {
    process.once('SIGTERM', () => process.exit(143));
  }
}

function lastLines(file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
  } catch {
    return '';
  }
}
