// Waits until a container ends, and tells its exit code.
import type { App } from '../../../app/index.ts';
import { t } from '../../../model/l10n.ts';
import { chooseContainer } from '../../../steps/containers/choose.ts';
import type { Target } from '../../../steps/target.ts';

/** Resolves at once for a container that does not run. */
export async function waitContainer(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  options?: object,
): Promise<{ id: string; exitCode: number }> {
  const { id, name } = await chooseContainer(app, target, {
    title: t('Wait for Container'),
    states: ['running', 'paused'],
  });
  const client = await app.engine.client();
  const exitCode = await app.ui.progress(t('Waiting until {0} ends', name), (_report, signal) =>
    client.containers.wait(id, signal),
  );
  if (!options) {
    app.ui.say(t('{0} has ended with exit code {1}.', name, exitCode));
  }
  return { id, exitCode };
}
