// Adds repositories to a registry by name or pattern, for those that have no list, or a very long one.
import type { App } from '../../app/index.ts';
import { messageOf } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { parseReference } from '../../model/reference.ts';
import { expandBraces } from '../../model/registries/names.ts';
import { chooseRegistry, registryOfRow } from '../../steps/registries/choose.ts';
import type { Target } from '../../steps/target.ts';

export interface AddRepositoryOptions {
  /** `team/app`, `team/{web,api}` or the pattern `team/*`. */
  name: string;
}

/** Resolves with the names and patterns that are kept now. `target` is the registry. */
export async function addRepository(
  app: Pick<App, 'registries' | 'catalog' | 'ui'>,
  target?: Target,
  options?: AddRepositoryOptions,
): Promise<{ registry: string; names: string[] }> {
  const title = t('Add Repository');
  const registry = registryOfRow(target) ?? (await chooseRegistry(app, target, { title }));
  const name =
    options?.name ??
    (await app.ui.input({
      title,
      prompt: t('The name of a repository of {0}, several as team/{web,api}, or a pattern such as team/*', registry),
      placeholder: 'team/app',
      check: checkName,
    }));
  const names = await app.catalog.add(registry, name);
  return { registry, names };
}

function checkName(value: string): string | undefined {
  try {
    for (const name of expandBraces(value.trim())) {
      parseReference(`registry.example/${name.replaceAll('*', 'x')}`);
    }
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
