// Takes an engine that was added by hand out of the view; nothing changes in the engine itself.
import type { App } from '../../app/index.ts';
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { engineChoice, engineOf } from '../../steps/engines/choose.ts';
import type { Target } from '../../steps/target.ts';

/** Resolves with the id that was removed. A workspace that used it finds its engine by itself again. */
export async function removeEngine(
  app: Pick<App, 'engines' | 'ui'>,
  target?: Target,
  _options?: object,
): Promise<{ engine: string }> {
  const engine =
    engineOf(app, target) ??
    (await app.ui.pick(
      app.engines
        .list()
        .filter(({ source }) => source === 'added')
        .map(engineChoice),
      {
        title: t('Remove Engine'),
        placeholder: t('Choose an engine that was added by hand'),
        empty: t('No engine has been added by hand.'),
      },
    ));
  if (engine.source !== 'added') {
    throw new UserError(
      'engine-not-added',
      t('Only engines that were added by hand can be removed. The others come from this machine.'),
    );
  }
  await app.engines.remove(engine.id);
  return { engine: engine.id };
}
