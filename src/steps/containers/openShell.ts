// Getting inside of a container: which shells it has, how one is opened in a terminal, and what is said at its end.

import type { App } from '../../app/index.ts';
import type { TerminalOptions } from '../../app/terminals.ts';
import type { EngineClient, ExecOptions } from '../../engine/types.ts';
import { readToEnd } from '../../model/containers/output.ts';
import { EngineError } from '../../model/engines/error.ts';
import { explain, explainExec } from '../../model/engines/help.ts';
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { pairOf } from '../../model/pairs.ts';
import { joinWords, splitWords } from '../../model/run/shell/split.ts';
import { chooseContainer } from './choose.ts';

/** How a shell is opened; what is absent is the image's own. */
export type ShellChoice = Pick<ExecOptions, 'user' | 'workdir' | 'env'> & { command?: string[] };

/** In the order of comfort; busybox images for distroless debugging keep their shell in /busybox. */
const shells = [
  '/bin/bash',
  '/usr/bin/bash',
  '/usr/local/bin/bash',
  '/bin/zsh',
  '/usr/bin/zsh',
  '/usr/bin/fish',
  '/bin/ash',
  '/bin/sh',
  '/busybox/sh',
];

/** Looks for the files of shells instead of running `which`, which many images lack. */
export async function findShell(client: EngineClient, id: string, name: string): Promise<string> {
  for (const shell of shells) {
    if (await client.containers.pathExists(id, shell)) {
      return shell;
    }
  }
  throw noShell(name);
}

/** All shells of a container, the most comfortable first; at least one. */
export async function findShells(client: EngineClient, id: string, name: string): Promise<string[]> {
  const there = await Promise.all(shells.map((shell) => client.containers.pathExists(id, shell)));
  const found = shells.filter((_, index) => there[index]);
  if (found.length === 0) {
    throw noShell(name);
  }
  return found;
}

function noShell(name: string): UserError {
  return new UserError(
    'no-shell',
    t(
      'The image of {0} has no shell, as is usual for images that hold one program only. Run a command that the image has, read its logs, or use a debug variant of the image.',
      name,
    ),
    { actions: [{ label: t('Learn More'), note: 'error.no-shell' }] },
  );
}

/** A terminal with the shell that was last used with the container's image, else with the best that it has. */
export async function lastShellTerminal(
  app: Pick<App, 'engine' | 'shells' | 'ui'>,
  chosen: { id: string; name: string },
): Promise<TerminalOptions> {
  const client = await app.engine.client();
  const { image } = await client.containers.inspect(chosen.id);
  const { forgot = [], incomplete = false, ...choice } = app.shells.last(image) ?? {};
  const title = t('Open Shell');
  const last = choice.command?.length ? choice.command : [await findShell(client, chosen.id, chosen.name)];
  const command = incomplete
    ? splitWords(
        await app.ui.input({
          title,
          prompt: t('{0}: a value was not kept, because it looks like a secret. Complete it.', t('Command')),
          value: joinWords(last),
          check: (text) => (splitWords(text).length > 0 ? undefined : t('Name a shell or a command.')),
        }),
      )
    : last;
  const env = await withForgotten(app, title, choice.env ?? [], forgot);
  return shellTerminal(app, chosen, { ...choice, command, ...(env.length > 0 && { env }) });
}

/** The variables with their values: those that were not kept are asked for. */
export async function withForgotten(
  app: Pick<App, 'ui'>,
  title: string,
  env: readonly string[],
  forgot: readonly string[],
): Promise<string[]> {
  const filled: string[] = [];
  for (const variable of env) {
    const [name] = pairOf(variable);
    filled.push(
      forgot.includes(name)
        ? `${name}=${await app.ui.input({
            title,
            prompt: t('Value of {0}. It was not kept, because its name or form looks like a secret.', name),
            password: true,
          })}`
        : variable,
    );
  }
  return filled;
}

/** The same, in the container that the person picks. */
export async function shellToOpen(app: Pick<App, 'engine' | 'shells' | 'ui'>): Promise<TerminalOptions> {
  return lastShellTerminal(app, await chooseContainer(app, undefined, { title: t('Open Shell'), states: ['running'] }));
}

/** A terminal with a new process in a container. */
export function shellTerminal(
  app: Pick<App, 'engine'>,
  { id, name }: { id: string; name: string },
  { command, ...rest }: ShellChoice & { command: string[] },
): TerminalOptions {
  return {
    name,
    icon: 'terminal',
    interactive: true,
    open: () => app.engine.terminal(id, { ...rest, command }),
    ended: (exitCode) => endOf(app, id, exitCode),
  };
}

/** The exit code of a process that was killed: 128 and the number of SIGKILL. */
const killed = 137;
/** Milliseconds for the engine to note that a container has ended. */
const moment = 1000;

/** What became of the container and the process in it, once its output has ended. */
export async function endOf(app: Pick<App, 'engine'>, id: string, exitCode: number | undefined): Promise<string> {
  try {
    const client = await app.engine.client();
    let { running, exitCode: all } = await client.containers.inspect(id);
    if (running && (exitCode === undefined || exitCode === killed)) {
      // What is left in a container is killed with its main process, a moment before the engine has noted the end.
      await client.containers.wait(id, AbortSignal.timeout(moment)).catch(() => undefined);
      ({ running, exitCode: all } = await client.containers.inspect(id));
    }
    if (!running) {
      return t('The container has stopped with exit code {0}, and this process with it.', all);
    }
    return exitCode === undefined
      ? t('The process has ended.')
      : t('The process has ended with exit code {0}.', exitCode);
  } catch (error) {
    return error instanceof EngineError && error.status === 404
      ? t('The container is gone, and this process with it.')
      : t('The connection to the engine was lost. {0}', explain(error).message);
  }
}

/** The same of a terminal on the container's main process, which one can leave without ending it. */
export async function endOfMain(
  app: Pick<App, 'engine'>,
  { id, name }: { id: string; name: string },
  exitCode: number | undefined,
): Promise<string> {
  const left =
    exitCode === undefined &&
    (await app.engine
      .client()
      .then((client) => client.containers.inspect(id))
      .then(
        (details) => details.running,
        () => false,
      ));
  return left ? t('You have left {0}, which continues to run.', name) : endOf(app, id, exitCode);
}

/** Bytes of output that are kept of each stream. */
const most = 16 * 1024 * 1024;

/**
 * Runs a command without a terminal and gives its output; what is beyond 16 MB is left out.
 * Rejects where the container does not have the command, and where the engine is lost meanwhile; any exit code of a command
 * that ran is a result.
 */
export async function runToEnd(
  client: EngineClient,
  id: string,
  options: ShellChoice & { command: string[] },
  signal?: AbortSignal,
): Promise<{ exitCode?: number; stdout: string; stderr: string }> {
  const session = await client.containers.exec(id, { ...options, terminal: false, input: false });
  const output = await readToEnd(session, { limit: most, signal });
  const { exitCode } = output;
  const text = { stdout: output.text('stdout'), stderr: output.text('stderr') };
  const failure = explainExec(exitCode, text.stdout + text.stderr);
  if (failure) {
    throw failure;
  }
  if (exitCode === undefined && !signal?.aborted) {
    await assertReached(client, id);
  }
  return exitCode === undefined ? text : { exitCode, ...text };
}

/** Output also ends when the engine does, and is then not whole. A container that was removed has ended its processes. */
async function assertReached(client: EngineClient, id: string): Promise<void> {
  try {
    await client.containers.inspect(id);
  } catch (error) {
    if (!(error instanceof EngineError && error.status === 404)) {
      throw error;
    }
  }
}
