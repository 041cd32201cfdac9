// Adds an engine to the view: an address as a person types it, asked first.
import type { App } from '../../app/index.ts';
import { Cancelled, messageOf } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';

export interface AddEngineOptions {
  /** Adds it also when it does not answer. */
  unchecked?: boolean;
  /** Switches this workspace to it. */
  use?: boolean;
}

/** Resolves with the id of the engine, which is its address. `target` is the address. */
export async function addEngine(
  app: Pick<App, 'engines' | 'ui'>,
  target?: unknown,
  options?: AddEngineOptions,
): Promise<{ engine: string }> {
  const typed =
    typeof target === 'string'
      ? target
      : await app.ui.input({
          title: t('Add Engine'),
          prompt: t('The address of the engine, such as ssh://user@host, tcp://host:2376 or the path of a socket'),
          check: (value) => (value.trim() ? undefined : t('Type the address of an engine.')),
        });
  const add = (unchecked: boolean) =>
    app.ui.progress(t('Asking {0}', typed.trim()), (_report, signal) => app.engines.add(typed, { unchecked, signal }));
  const { id } = await add(options?.unchecked === true).catch(async (error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (options || error instanceof Cancelled || code === 'engine-bad-address') {
      throw error;
    }
    await app.ui.confirm(t('Add {0} although it does not answer?', typed.trim()), messageOf(error), t('Add'));
    return add(true);
  });
  if (options?.use) {
    await app.engines.use(id);
  }
  return { engine: id };
}
