// Takes a repository that was added by name out of the view; the registry keeps it.
import type { App } from '../app.ts';
import { t } from '../model/l10n.ts';
import type { Target } from '../steps/choose.ts';
import { chooseRepository } from '../steps/tags.ts';

export interface RemoveRepositoryOptions {
  /** A name or pattern that was added; the target is then the registry. */
  name?: string;
}

export async function removeRepository(
  app: App,
  target?: Target,
  options?: RemoveRepositoryOptions,
): Promise<{ registry: string; name: string }> {
  if (options?.name !== undefined && typeof target === 'string') {
    await app.catalog.remove(target, options.name);
    return { registry: target, name: options.name };
  }
  const { registry, repository } = await chooseRepository(app, target, t('Remove Repository from View'));
  await app.catalog.remove(registry, repository);
  return { registry, name: repository };
}
