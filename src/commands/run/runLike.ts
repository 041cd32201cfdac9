// Opens the run form with the options of a container, to change them and run another one like it.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { fromInspect } from '../../model/run/inspect/toOptions.ts';
import type { RunOptions } from '../../model/run/options.ts';
import { chooseContainer } from '../../steps/containers/choose.ts';
import { optionsForm } from '../../steps/run/form.ts';
import { inspectForLine } from '../../steps/run/inspectForLine.ts';
import type { Target } from '../../steps/target.ts';

/** Resolves with the options once the form is open. The name is left out, because the container still has it. */
export async function runLike(
  app: Pick<App, 'engine' | 'registries' | 'runs' | 'ui' | 'log'>,
  target?: Target,
  _options?: object,
): Promise<{ options: RunOptions }> {
  const { id, name } = await chooseContainer(app, target, { title: t('Edit and Run Again') });
  const { container, image, info } = await inspectForLine(await app.engine.client(), id);
  const { name: _name, ...options } = fromInspect(container, image, { info });
  await optionsForm(app, options, t('These are the options of the container {0}.', name));
  return { options };
}
