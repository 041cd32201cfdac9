// Switches this workspace to another engine; the docker configuration stays as it is.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { engineChoice, engineOf } from '../../steps/engines/choose.ts';
import type { Target } from '../../steps/target.ts';

/**
 * `target` is a row or a string: an engine's id, a context's name or an address of the list; `auto` finds the engine
 * by itself again. Resolves with the id of the engine, or `auto`.
 */
export async function useEngine(
  app: Pick<App, 'engines' | 'ui'>,
  target?: Target,
  _options?: object,
): Promise<{ engine: string }> {
  const chosen = target === 'auto' ? undefined : (engineOf(app, target)?.id ?? (await pick(app)));
  await app.engines.use(chosen);
  return { engine: chosen ?? 'auto' };
}

async function pick(app: Pick<App, 'engines' | 'ui'>): Promise<string | undefined> {
  app.engines.ask();
  const engines = app.engines.list().map((engine) => {
    const choice = engineChoice(engine);
    return { ...choice, value: engine.id as string | undefined };
  });
  return app.ui.pick<string | undefined>(
    [
      ...engines,
      {
        label: t('Find the engine by itself'),
        detail: t('The setting, DOCKER_HOST, the docker context, then the usual sockets'),
        icon: app.engines.chosen === undefined ? 'check' : 'search',
        value: undefined,
      },
    ],
    { title: t('Use Engine'), placeholder: t('Choose the engine for this workspace') },
  );
}
