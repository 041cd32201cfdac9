// Signs out of a registry: forgets the login that is kept here, and never touches those of other programs.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { chooseRegistry } from '../../steps/registries/choose.ts';
import type { Target } from '../../steps/target.ts';

/** Resolves with the registry, the account that was forgotten, and the one that is in use now, if any. */
export async function signOut(
  app: Pick<App, 'registries' | 'ui'>,
  target?: Target,
  options?: object,
): Promise<{ registry: string; account?: string; left?: string }> {
  const registry = await chooseRegistry(app, target, { title: t('Sign Out') });
  const login = await app.registries.login(registry);
  if (!options && login?.ours) {
    await app.ui.confirm(
      t('Sign out of {0}?', registry),
      t('The password of {0} that is kept here is deleted.', login.account ?? ''),
      t('Sign Out'),
    );
  }
  const { account } = await app.registries.signOut(registry);
  const left = await app.registries.login(registry);
  app.ui.say(
    left
      ? t('Signed out of {0}. The login from {1} is in use now.', registry, left.source)
      : t('Signed out of {0}.', registry),
  );
  return {
    registry,
    ...(account === undefined ? {} : { account }),
    ...(left?.account === undefined ? {} : { left: left.account }),
  };
}
