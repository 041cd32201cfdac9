// Enters the namespaces of a container from its host, with a shell as root: for when exec is no way in.
import type { App } from '../../app/index.ts';
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { chooseContainer } from '../../steps/containers/choose.ts';
import { findShell } from '../../steps/containers/openShell.ts';
import type { Target } from '../../steps/target.ts';

/**
 * Runs `nsenter -t PID -m -u -i -n -p` [001] in a terminal of this machine, through sudo where the person is not root.
 * A person is told first what that grants. Resolves with the program and its arguments.
 */
export async function nsenterContainer(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  options?: { start?: boolean },
): Promise<{ id: string; command: string[] }> {
  const { id, name } = await chooseContainer(app, target, { title: t('Enter Namespaces'), states: ['running'] });
  const client = await app.engine.client();
  const details = await client.containers.inspect(id);
  const pid = pidOf(details.raw);
  if (pid <= 0) {
    throw new UserError('not-running', t('{0} does not run, and has no namespaces to enter. Start it first.', name));
  }
  const local = /^unix:/.test(client.endpoint.url) ? await app.ui.hostProcess(pid) : undefined;
  // The same number may be another process here, when the engine runs elsewhere behind a forwarded socket.
  if (!local?.groups.includes(details.id)) {
    throw new UserError(
      'not-local',
      t(
        'The processes of {0} are not on this machine, so that their namespaces cannot be entered from here. This needs an engine on this Linux machine itself. Open a shell in the container instead.',
        name,
      ),
      { actions: [{ label: t('Learn More'), note: 'run.nsenter' }] },
    );
  }
  const shell = await findShell(client, id, name);
  const enter = ['nsenter', '-t', String(pid), '-m', '-u', '-i', '-n', '-p', '--', shell];
  const command = local.root ? enter : ['sudo', '--', ...enter];
  if (!options) {
    await app.ui.confirm(
      t('Enter the namespaces of {0} as root of this machine?', name),
      t(
        'The shell sees the files, processes and network of the container, but it is no process of the container: it has every capability that root has on this machine, and no limit, seccomp filter or security profile of the container holds it. What it loads and starts are programs of the image, with these rights. Do this only where you trust the container; to look around, open a shell instead.',
      ),
      t('Enter'),
    );
  }
  if (options?.start !== false) {
    app.ui.program({ name: t('{0} (namespaces)', name), icon: 'terminal-linux', command });
  }
  return { id, command };
}

function pidOf(raw: unknown): number {
  const pid = (raw as { State?: { Pid?: unknown } } | undefined)?.State?.Pid;
  return typeof pid === 'number' && Number.isSafeInteger(pid) ? pid : 0;
}
