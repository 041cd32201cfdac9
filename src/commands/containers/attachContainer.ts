// Joins the main process of a running container in a terminal.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { chooseContainer } from '../../steps/containers/choose.ts';
import { endOfMain } from '../../steps/containers/openShell.ts';
import type { Target } from '../../steps/target.ts';

/** Called by a person it warns first: leaving the process by its own exit stops the container. */
export async function attachContainer(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  options?: object,
): Promise<{ id: string }> {
  const { id, name } = await chooseContainer(app, target, { title: t('Attach'), states: ['running'] });
  const client = await app.engine.client();
  const { terminal, raw } = await client.containers.inspect(id);
  const input = takesInput(raw);
  if (!options) {
    const detail = terminal
      ? t(
          'You share its terminal with everybody who is attached. Leaving with exit, Ctrl-C or Ctrl-D stops the container. Leave with Ctrl-P Ctrl-Q, or close the tab: then it goes on. To look around, open a shell instead.',
        )
      : input
        ? t(
            'It has no terminal: what you type goes to its input line by line. Close the tab to leave; where the container was started for a single input, it ends then. To look around, open a shell instead.',
          )
        : t('It has no terminal and reads no input: you only see what it writes. Close the tab to leave.');
    await app.ui.confirm(t('Attach to the main process of {0}?', name), detail, t('Attach'));
  }
  app.ui.terminal({
    name: t('Attached: {0}', name),
    icon: 'plug',
    interactive: terminal,
    input,
    open: async (size) => {
      const session = await client.containers.attach(id, { terminal, input });
      if (terminal && size) {
        // A program draws itself again when its window changes; the terminal sets the true size afterwards.
        await session.resize(size.columns, size.rows + 1).catch(() => undefined);
      }
      return session;
    },
    ended: (exitCode) => endOfMain(app, { id, name }, exitCode),
  });
  return { id };
}

function takesInput(raw: unknown): boolean {
  return (raw as { Config?: { OpenStdin?: unknown } } | undefined)?.Config?.OpenStdin === true;
}
