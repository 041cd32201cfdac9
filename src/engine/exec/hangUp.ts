// Ends processes that were started in a container with a terminal of their own, as the kernel does when a terminal closes.

import { readToEnd } from '../../model/containers/output.ts';
import { EngineError } from '../../model/engines/error.ts';

import { findShell } from './script.ts';
import type { ExecClient, TerminalProcess } from './types.ts';

/**
 * The variable by which a process is found again: the engine has no call that ends it, and tells its id on the host only.
 * What closes the value off from the next variable is taken away with the zeros between them.
 */
export const markerVariable = (marker: string) => `DOCKNOTES_TERMINAL=${marker}.`;

/**
 * Sends SIGHUP to the leader of each terminal's session; when it ends, the kernel sends it to what is in the foreground.
 * The leader is the oldest process that leads a session and has the marker: what was started in it and leads one of its
 * own (setsid, tmux) has inherited the marker and lives on, as does what ignores the signal (nohup).
 * Only what every POSIX shell has built in is used, because an image may have little more than a shell. Fields of stat,
 * see proc(5): the sixth is the session, the twenty-second the start. Prints the markers of those that were told.
 */
const script = `
for each in /proc/[0-9]*; do
  { IFS= read -r stat <"$each/stat"; } 2>/dev/null || continue
  set -- "\${each#/proc/}" name \${stat##*) }
  [ "$6" = "$1" ] || continue
  marker=
  {
    while IFS= read -r line || [ -n "$line" ]; do
      case $line in *DOCKNOTES_TERMINAL=*.*) marker=\${line#*DOCKNOTES_TERMINAL=} marker=\${marker%%.*}; break;; esac
      line=
    done <"$each/environ"
  } 2>/dev/null
  case $marker in *[!0-9a-f]*) continue;; esac
  case " $DOCKNOTES_MARKERS " in *" $marker "*) ;; *) continue;; esac
  eval "first=\\$first_$marker"
  if [ -z "$first" ] || [ "\${22}" -lt "$first" ]; then eval "first_$marker=\${22} leader_$marker=$1"; fi
done
for marker in $DOCKNOTES_MARKERS; do
  eval "leader=\\$leader_$marker"
  [ -n "$leader" ] && kill -HUP "$leader" && echo "$marker"
done`;

/** Milliseconds for the shell: it takes some 80, more where thousands of processes run. */
const timeout = 10_000;
/** Bytes of its answer. */
const maxAnswer = 64 * 1024;

/**
 * Tells processes, and gives the markers of those that were told. One is left out where its container has no shell to tell
 * it with, or it cannot be found there: it has become another program with other variables, or another user.
 */
export async function hangUp(client: ExecClient, processes: readonly TerminalProcess[]): Promise<ReadonlySet<string>> {
  const groups = new Map<string, TerminalProcess[]>();
  for (const process of processes) {
    const key = JSON.stringify([process.container, process.user]);
    groups.set(key, [...(groups.get(key) ?? []), process]);
  }
  const told = await Promise.all(
    [...groups.values()].map((group) =>
      hangUpIn(client, group).catch((error: unknown) => {
        if (error instanceof EngineError && error.status === 404) {
          // The container is gone, and they with it.
          return group.map(({ marker }) => marker);
        }
        throw error;
      }),
    ),
  );
  return new Set(told.flat());
}

/** Of one container and one user: the shell runs as theirs, since root in a container may not look at those of others. */
async function hangUpIn(client: ExecClient, processes: readonly TerminalProcess[]): Promise<string[]> {
  const { container = '', user } = processes[0] ?? {};
  const markers = processes.map(({ marker }) => marker);
  const bySh = await run('sh').catch((error: unknown) => {
    if (error instanceof EngineError && error.status !== undefined) {
      return undefined;
    }
    throw error;
  });
  const shell = bySh ? undefined : await findShell(client, container);
  return bySh ?? (shell === undefined ? undefined : await run(shell)) ?? [];

  /** Undefined where there is no such shell, which some engines tell by refusing. */
  async function run(path: string): Promise<string[] | undefined> {
    const session = await client.exec(container, {
      command: [path, '-c', script],
      workdir: '/',
      env: [`DOCKNOTES_MARKERS=${markers.join(' ')}`],
      ...(user !== undefined && { user }),
    });
    const answer = await readToEnd(session, { limit: maxAnswer, signal: AbortSignal.timeout(timeout) });
    if (answer.exitCode === undefined) {
      throw new EngineError('The connection was lost.', { problem: 'closed' });
    }
    const told = new Set(answer.text('stdout').split('\n'));
    return answer.exitCode === 126 || answer.exitCode === 127
      ? undefined
      : markers.filter((marker) => told.has(marker));
  }
}
