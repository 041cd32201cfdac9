// Opens a shell in a running container, or runs one command in it and gives its output.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { chooseContainer } from '../../steps/containers/choose.ts';
import { findShell, lastShellTerminal, runToEnd, shellTerminal } from '../../steps/containers/openShell.ts';
import type { Target } from '../../steps/target.ts';

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

/** Resolves at once when a terminal opens; without one, when the command has ended. */
export async function execContainer(
  app: Pick<App, 'engine' | 'shells' | 'ui'>,
  target?: Target,
  options?: ExecContainerOptions,
): Promise<ExecResult> {
  const chosen = await chooseContainer(app, target, { title: t('Open Shell'), states: ['running'] });
  if (!options) {
    app.ui.terminal(await lastShellTerminal(app, chosen));
    return { id: chosen.id };
  }
  const { terminal, ...asked } = options;
  const client = await app.engine.client();
  const command = asked.command?.length ? asked.command : [await findShell(client, chosen.id, chosen.name)];
  if (terminal === false) {
    return { id: chosen.id, ...(await runToEnd(client, chosen.id, { ...asked, command })) };
  }
  app.ui.terminal(shellTerminal(app, chosen, { ...asked, command }));
  return { id: chosen.id };
}
