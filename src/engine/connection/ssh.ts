// An engine behind ssh: the system's own ssh program carries the connection, with its keys, agent, settings and known hosts.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, type FSWatcher, mkdtempSync, rmSync, watch } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { Endpoint, EngineProblem } from '../../model/engines/endpoint.ts';
import { EngineError } from '../../model/engines/error.ts';
import { Cancelled } from '../../model/errors.ts';

/** Where ssh goes. Every part has been checked by `parseEndpoint`: none can be taken for an option or a command. */
export interface SshTarget {
  host: string;
  port?: number;
  username?: string;
  /** The engine's socket on that host, where the address names one. */
  socket?: string;
}

/** A way to the engine through ssh. */
export interface SshLink {
  /** A local socket that leads to the remote one; absent where every connection has an ssh process of its own. */
  readonly socketPath?: string;
  /** A new connection, where there is no local socket. */
  dial?(): Duplex;
  /** The failure in ssh's words when ssh is why a request failed; else the failure itself. */
  explain(error: EngineError): Promise<EngineError>;
  dispose(): void;
}

const notFound = 'The program ssh was not found.';
/** Characters of ssh's messages that are kept. */
const maxWords = 4_000;
/** Milliseconds that a failed ssh has to end and say why. */
const lastWords = 1_000;

/**
 * Becomes ssh, and leaves a process beside it that waits for the end of descriptor 3. This process holds its other side,
 * so that it ends with it, whatever ended it: a crash leaves no ssh behind that keeps the way to an engine open.
 */
const endsWithUs = '(read -r nothing <&3; kill $$) </dev/null >/dev/null 2>&1 & exec ssh "$@" 3<&-';

/** ssh processes that run. They are ended before this process ends in order. */
const running = new Set<ChildProcess>();
const endAll = () => {
  for (const child of running) {
    child.kill();
  }
};

/** OpenSSH on Windows cannot listen at a socket of the file system. */
export const canForward = process.platform !== 'win32';

/**
 * Leads a socket in a private folder to the engine's socket: one ssh process for all requests, and no docker program
 * needed on the other side. Resolves when ssh has logged in. Rejects with an `EngineError`, or with `Cancelled`.
 */
export async function forwardSocket(
  endpoint: Endpoint,
  target: SshTarget,
  { timeout, signal }: { timeout: number; signal?: AbortSignal | undefined },
): Promise<SshLink> {
  // mkdtemp makes it with mode 0700: nobody else reaches the engine through it.
  const folder = mkdtempSync(join(tmpdir(), 'docknotes-ssh-'));
  const socketPath = join(folder, 'engine.sock');
  const ssh = start([...options, '-N', '-L', `${socketPath}:${socketOf(target)}`, ...destination(target)]);
  const dispose = () => {
    ssh.end();
    rmSync(folder, { recursive: true, force: true });
  };
  let watcher: FSWatcher | undefined;
  let timer: NodeJS.Timeout | undefined;
  let cancel = () => {};
  try {
    await new Promise<void>((resolve, reject) => {
      const look = () => {
        if (existsSync(socketPath)) {
          listens(socketPath).then(resolve, reject);
        }
      };
      watcher = watch(folder, { persistent: false }, look);
      watcher.on('error', reject);
      ssh.ended.then(() => reject(failureOf(ssh.words(), endpoint)));
      timer = setTimeout(() => reject(tooLate(timeout, endpoint)), timeout);
      cancel = () => reject(new Cancelled());
      signal?.addEventListener('abort', cancel);
      if (signal?.aborted) {
        cancel();
      }
      look();
    });
  } catch (error) {
    dispose();
    throw error;
  } finally {
    watcher?.close();
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
  return {
    socketPath,
    async explain(error) {
      // A channel that the other side refused leaves ssh itself running.
      return !/open failed/.test(ssh.words()) && (await ssh.hasEnded()) ? failureOf(ssh.words(), endpoint) : error;
    },
    dispose,
  };
}

/** ssh makes the file a moment before it listens there. */
async function listens(socketPath: string): Promise<void> {
  for (let pause = 1; ; pause *= 2) {
    const refused = await new Promise<boolean>((resolve, reject) => {
      const socket = net.connect(socketPath);
      socket.once('connect', () => {
        socket.destroy();
        resolve(false);
      });
      socket.once('error', (error) =>
        'code' in error && error.code === 'ECONNREFUSED' ? resolve(true) : reject(error),
      );
    });
    if (!refused || pause > 1_000) {
      return;
    }
    await wait(pause);
  }
}

/** A connection is one `docker system dial-stdio` on the other side, as the docker program does it. */
export function dialStdio(endpoint: Endpoint, target: SshTarget): SshLink {
  const open = new Set<Duplex>();
  let last: Ssh | undefined;
  const host = target.socket ? ['--host', `unix://${target.socket}`] : [];
  const command = ['docker', ...host, 'system', 'dial-stdio'];
  return {
    dial() {
      const ssh = start([...options, '-o', 'ClearAllForwardings=yes', ...destination(target), ...command]);
      last = ssh;
      const stream = streamOf(ssh);
      open.add(stream);
      stream.once('close', () => {
        open.delete(stream);
        ssh.end();
      });
      return stream;
    },
    async explain(error) {
      if (!last || !(await last.hasEnded()) || last.words() === '') {
        return error;
      }
      const failure = failureOf(last.words(), endpoint);
      // Docker is not there; with another engine, the address has to name its socket.
      return /command not found|docker: not found/.test(failure.message)
        ? new EngineError(`${failure.message}; nothing at ${socketOf(target)}`, { problem: 'not-running', endpoint })
        : failure;
    },
    dispose() {
      for (const stream of open) {
        stream.destroy();
      }
    },
  };
}

/**
 * A person's own settings hold, but for what would ask a question, share a connection that others may end, or run
 * something else than what is wanted here. Messages are wanted: they say why a forwarded connection failed.
 */
const options = [
  '-T',
  '-x',
  '-a',
  ...[
    'BatchMode=yes',
    'ConnectTimeout=10',
    'ServerAliveInterval=15',
    'ServerAliveCountMax=3',
    'ControlMaster=no',
    'ControlPath=none',
    'RemoteCommand=none',
    'PermitLocalCommand=no',
    'LogLevel=INFO',
  ].flatMap((option) => ['-o', option]),
];

function socketOf({ socket }: SshTarget): string {
  return socket ?? '/var/run/docker.sock';
}

function destination({ host, port, username }: SshTarget): string[] {
  return [...(port ? ['-p', String(port)] : []), ...(username ? ['-l', username] : []), '--', host];
}

interface Ssh {
  readonly child: ChildProcess;
  /** Settles when the process has ended and its messages are complete. */
  readonly ended: Promise<void>;
  /** Whether it has ended, or ends within a moment. */
  hasEnded(): Promise<boolean>;
  words(): string;
  end(): void;
}

function start(args: readonly string[]): Ssh {
  const child =
    process.platform === 'win32'
      ? spawn('ssh', args, { stdio: 'pipe', windowsHide: true })
      : spawn('/bin/sh', ['-c', endsWithUs, 'sh', ...args], { stdio: ['pipe', 'pipe', 'pipe', 'pipe'] });
  if (running.size === 0) {
    process.on('exit', endAll);
  }
  running.add(child);
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-maxWords);
  });
  // Whoever writes hears of it from the process's end.
  child.stdin?.on('error', () => {});
  const lifeline = child.stdio[3];
  lifeline?.on('error', () => {});
  child.once('exit', () => lifeline?.destroy());
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      words += 'code' in error && error.code === 'ENOENT' ? notFound : error.message;
      resolve();
    });
    child.once('close', () => {
      // In the words of the shell.
      words = /\bssh: not found/.test(words) ? notFound : words;
      resolve();
    });
  }).then(() => {
    running.delete(child);
    if (running.size === 0) {
      process.off('exit', endAll);
    }
  });
  return {
    child,
    ended,
    async hasEnded() {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<boolean>((resolve) => {
        timer = setTimeout(resolve, lastWords, false);
      });
      const over = await Promise.race([ended.then(() => true), late]);
      clearTimeout(timer);
      return over;
    },
    words: () => words,
    end: () => {
      child.kill();
    },
  };
}

/** The process's output and input as one connection; its end is the connection's end. */
function streamOf({ child }: Ssh): Duplex {
  const { stdin, stdout } = child;
  if (!stdin || !stdout) {
    throw new Error('ssh was started without pipes.');
  }
  const stream = Duplex.from({ readable: stdout, writable: stdin });
  // Without this a failure would be nobody's, and end the process.
  stream.on('error', () => {});
  // Not when the process ends: what it wrote before may not have been read yet.
  stream.once('end', () => stream.destroy());
  return stream;
}

const meanings: [RegExp, EngineProblem][] = [
  [/host key verification failed|host identification has changed/i, 'ssh-host-key'],
  [/^\S+: permission denied \(|too many authentication failures|sign_and_send_pubkey/im, 'ssh-login'],
  [/could not resolve hostname/i, 'bad-address'],
  [/permission denied while trying to connect|connect: permission denied/i, 'permission-denied'],
  [
    /command not found|docker: not found|no such file or directory|cannot connect to the docker daemon|connect: connection refused/i,
    'not-running',
  ],
];

/** Why ssh ended, in its own words: what it wrote on standard error. */
export function failureOf(words: string, endpoint: Endpoint): EngineError {
  const problem = meanings.find(([pattern]) => pattern.test(words))?.[1] ?? 'ssh';
  return new EngineError(tellingLine(words), { problem, endpoint });
}

/** The line that says why: the last one, which the banner of a changed key and warnings come before. */
function tellingLine(words: string): string {
  const lines = words
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line && !/^@+$/.test(line) && !/^warning: permanently added/i.test(line));
  const changed = lines.find((line) => /^host key for .* has changed/i.test(line));
  return changed ?? lines.at(-1) ?? 'ssh ended without a message.';
}

function tooLate(timeout: number, endpoint: Endpoint): EngineError {
  return new EngineError(`ssh did not connect within ${Math.ceil(timeout / 1000)} s.`, {
    problem: 'ssh',
    endpoint,
  });
}
