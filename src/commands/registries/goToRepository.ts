// Shows a repository in the registries view, found by its name or opened as it was typed.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { chooseRepository } from '../../steps/registries/choose.ts';
import type { Target } from '../../steps/target.ts';

/** Resolves with the repository. One that is in no list is kept as if it had been added by name. */
export async function goToRepository(
  app: Pick<App, 'registries' | 'catalog' | 'ui'>,
  target?: Target,
  _options?: object,
): Promise<{ registry: string; repository: string }> {
  const { registry, repository } = await chooseRepository(app, target, t('Go to Repository'));
  const { names } = await app.catalog.open(registry);
  if (!names.includes(repository)) {
    await app.catalog.add(registry, repository);
  }
  // A filter that hides the repository would hide what was asked for.
  app.catalog.setFilter('');
  await app.ui.reveal('registries', { type: 'repository', registry, name: repository });
  return { registry, repository };
}
