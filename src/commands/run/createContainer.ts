// Creates a container without starting it: with the options that are given, or after the run form was filled in.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import type { RunOptions } from '../../model/run/options.ts';
import { chooseImage } from '../../steps/images/choose.ts';
import { runContainer } from '../../steps/run/container.ts';
import { imageForm } from '../../steps/run/form.ts';
import type { Target } from '../../steps/target.ts';

export type CreateContainerOptions = Omit<RunOptions, 'image'>;

/** Resolves with the id of the container and what the engine warned of; called by a person, it opens the form. */
export async function createContainer(
  app: Pick<App, 'engine' | 'registries' | 'runs' | 'ui' | 'log'>,
  target?: Target,
  options?: CreateContainerOptions,
): Promise<{ id?: string; warnings: string[] }> {
  if (!options) {
    await imageForm(
      app,
      target === undefined ? '' : (await chooseImage(app, target, { title: t('Create Container') })).ref,
    );
    return { warnings: [] };
  }
  const { ref } = await chooseImage(app, target, { title: t('Create Container') });
  return runContainer(app, { ...options, image: ref }, { start: false, ask: false });
}
