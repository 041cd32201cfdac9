// Takes a registry out of the view; nothing changes in the registry itself.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { chooseRegistry } from '../../steps/registries/choose.ts';
import type { Target } from '../../steps/target.ts';

/** Resolves with the address that was removed. Given `options`, nothing is asked. */
export async function removeRegistry(
  app: Pick<App, 'registries' | 'ui'>,
  target?: Target,
  options?: object,
): Promise<{ registry: string }> {
  const registry = await chooseRegistry(app, target, { title: t('Remove Registry') });
  if (!options) {
    await app.ui.confirm(
      t('Remove {0} from the view?', registry),
      t('Its images stay as they are. The credentials that were kept for it here are deleted.'),
      t('Remove from View'),
    );
  }
  await app.registries.remove(registry);
  return { registry };
}
