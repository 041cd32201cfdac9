// Opens a shell in a running container, or runs one command in it and gives its output.
import type { App } from '../app.ts';
import type { EngineClient } from '../engine/types.ts';
import { UserError } from '../model/errors.ts';
import { t } from '../model/l10n.ts';
import { chooseContainer, type Target } from '../steps/choose.ts';

export interface ExecContainerOptions {
  /** The best shell that the container has, when absent. */
  command?: string[];
  user?: string;
  workdir?: string;
  /** `NAME=value`. */
  env?: string[];
  /** False: run the command without a terminal and resolve with its output; needs `command`. */
  terminal?: boolean;
}

export interface ExecResult {
  id: string;
  exitCode?: number;
  stdout?: string;
  stderr?: string;
}

/** In the order of comfort; busybox images for distroless debugging keep their shell in /busybox. */
const shells = ['/bin/bash', '/usr/bin/bash', '/usr/local/bin/bash', '/bin/zsh', '/bin/ash', '/bin/sh', '/busybox/sh'];

/** Resolves at once when a terminal opens; without one, when the command has ended. */
export async function execContainer(app: App, target?: Target, options?: ExecContainerOptions): Promise<ExecResult> {
  const { id, name } = await chooseContainer(app, target, { title: t('Open Shell'), states: ['running'] });
  const client = await app.engine.client();
  const command = options?.command?.length ? options.command : [await findShell(client, id, name)];
  const { terminal, ...rest } = options ?? {};
  if (terminal === false) {
    return { id, ...(await run(client, id, { ...rest, command })) };
  }
  app.ui.terminal({
    name,
    icon: 'terminal',
    interactive: true,
    open: () => client.exec(id, { ...rest, command, terminal: true, input: true }),
    ended: (exitCode) =>
      exitCode === undefined ? t('The process has ended.') : t('The process has ended with exit code {0}.', exitCode),
  });
  return { id };
}

/** Looks for the files of shells instead of running `which`, which many images lack. */
async function findShell(client: EngineClient, id: string, name: string): Promise<string> {
  for (const shell of shells) {
    if (await client.pathExists(id, shell)) {
      return shell;
    }
  }
  throw new UserError(
    'no-shell',
    t(
      'The image of {0} has no shell, as is usual for images that hold one program only. Run a command that the image has, read its logs, or use a debug variant of the image.',
      name,
    ),
    { actions: [{ label: t('Learn More'), note: 'error.no-shell' }] },
  );
}

async function run(
  client: EngineClient,
  id: string,
  options: { command: string[]; user?: string; workdir?: string; env?: string[] },
): Promise<{ exitCode?: number; stdout: string; stderr: string }> {
  const session = await client.exec(id, { ...options, terminal: false, input: false });
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  const text = { stdout: '', stderr: '' };
  session.onOutput((data, stream) => {
    text[stream] += decoders[stream].decode(data, { stream: true });
  });
  const exitCode = await session.ended;
  return exitCode === undefined ? text : { exitCode, ...text };
}
