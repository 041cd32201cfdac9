// Copies the `docker run` line that makes a container like this one, without what its image already says.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { toRunLine } from '../../model/run/toLine.ts';
import { chooseContainer } from '../../steps/containers/choose.ts';
import { inspectForLine } from '../../steps/run/inspectForLine.ts';
import type { Target } from '../../steps/target.ts';

export interface CopyRunLineOptions {
  /** False: all in one line. True (when absent, too): one flag a line. */
  multiline?: boolean;
}

/** Resolves with the line, which is in the clipboard then. */
export async function copyRunLine(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  options?: CopyRunLineOptions,
): Promise<{ line: string }> {
  const { id, name } = await chooseContainer(app, target, { title: t('Copy as docker run Line') });
  const { container, image, info } = await inspectForLine(await app.engine.client(), id);
  const line = toRunLine(container, image, { info, multiline: options?.multiline ?? true });
  await app.ui.copy(line);
  if (!options) {
    app.ui.say(t('The docker run line of {0} is in the clipboard. It holds the values of its variables too.', name));
  }
  return { line };
}
