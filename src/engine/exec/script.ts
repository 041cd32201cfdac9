// Scripts of ours in a running container, with its own shell, for what the engine's API cannot do.
import { readToEnd } from '../../model/containers/output.ts';
import { Cancelled, UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import type { ExecClient, Session } from './types.ts';

/** A running container and the path of its shell. */
export interface Shell {
  client: Pick<ExecClient, 'exec'>;
  container: string;
  path: string;
}

/** Shells that know POSIX; busybox images for distroless debugging keep theirs in /busybox. */
const shells = ['/bin/sh', '/usr/bin/sh', '/busybox/sh', '/bin/bash', '/usr/bin/bash'];
const searchPath = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/busybox';
/** Bytes of output, unless the caller says more; of messages. */
const defaultMaxOutput = 64 * 1024;
const maxMessages = 4 * 1024;

/** The path of a POSIX shell in a container, running or not; undefined when there is none. */
export async function findShell(
  client: Pick<ExecClient, 'pathExists'>,
  container: string,
): Promise<string | undefined> {
  for (const shell of shells) {
    if (await client.pathExists(container, shell)) {
      return shell;
    }
  }
  return undefined;
}

/** Starts a script as root. `args` are its `$1`, `$2` …: what comes from outside is never part of the script's text. */
export function startScript(
  { client, container, path }: Shell,
  script: string,
  args: readonly string[],
  { input = false } = {},
): Promise<Session> {
  return client.exec(container, {
    command: [path, '-c', script, 'docknotes', ...args],
    user: '0:0',
    workdir: '/',
    env: [searchPath, 'LC_ALL=C'],
    ...(input && { input }),
  });
}

export interface ScriptOptions {
  input?: Uint8Array;
  /** Bytes of output after which the script is left. */
  maxOutput?: number;
  /** Seconds after which it is left, and this rejects with a `UserError` `file-timeout`. */
  seconds?: number;
  signal?: AbortSignal | undefined;
}

export interface ScriptResult {
  /** Undefined when the engine cannot tell it, or the script was left. */
  exitCode: number | undefined;
  stdout: Buffer;
  stderr: string;
  /** There was more output than was wanted. */
  cut: boolean;
}

/** Runs a script as `startScript` does, to its end. Rejects with `Cancelled` once the signal is aborted. */
export async function runScript(
  shell: Shell,
  script: string,
  args: readonly string[],
  { input, maxOutput = defaultMaxOutput, seconds, signal }: ScriptOptions = {},
): Promise<ScriptResult> {
  if (signal?.aborted) {
    throw new Cancelled();
  }
  const session = await startScript(shell, script, args, { input: input !== undefined });
  if (input) {
    session.write(input);
    session.end();
  }
  const late = seconds === undefined ? undefined : AbortSignal.timeout(seconds * 1000);
  const signals = [signal, late].filter((each) => each !== undefined);
  let cut = false;
  const output = await readToEnd(session, {
    limit: { stdout: maxOutput, stderr: maxMessages },
    onFull(stream) {
      if (stream === 'stdout') {
        cut = true;
        session.dispose();
      }
    },
    ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
  });
  if (signal?.aborted) {
    throw new Cancelled();
  }
  if (late?.aborted && !cut) {
    throw new UserError(
      'file-timeout',
      t(
        'The container did not answer within {0} seconds. The file system there may be waiting for a network.',
        seconds ?? 0,
      ),
    );
  }
  return {
    exitCode: output.exitCode,
    stdout: Buffer.from(output.bytes('stdout')),
    stderr: output.text('stderr'),
    cut,
  };
}
