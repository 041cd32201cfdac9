// Takes a repository or pattern that was added by name out of the view; the registry keeps its repositories.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { repositoryRow } from '../../steps/registries/choose.ts';
import type { Target } from '../../steps/target.ts';

export interface RemoveRepositoryOptions {
  /** A name or pattern that was added; the target is then the registry. */
  name?: string;
}

export async function removeRepository(
  app: Pick<App, 'registries' | 'catalog' | 'ui'>,
  target?: Target,
  options?: RemoveRepositoryOptions,
): Promise<{ registry: string; name: string }> {
  const { registry, name } =
    options?.name !== undefined && typeof target === 'string'
      ? { registry: target, name: options.name }
      : (repositoryRow(target) ?? (await pickAdded(app)));
  await app.catalog.remove(registry, name);
  return { registry, name };
}

async function pickAdded(app: Pick<App, 'registries' | 'catalog' | 'ui'>): Promise<{ registry: string; name: string }> {
  const added = app.registries
    .list()
    .flatMap(({ address }) => app.catalog.added(address).map((name) => ({ registry: address, name })));
  return app.ui.pick(
    added.map((entry) => ({ label: entry.name, description: entry.registry, icon: 'layers', value: entry })),
    {
      title: t('Remove Repository from View'),
      placeholder: t('Choose a repository or pattern'),
      empty: t('No repository was added by name.'),
    },
  );
}
