// Signs in to a registry: the login is checked, then kept in the secret storage of the editor.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { chooseRegistry } from '../../steps/registries/choose.ts';
import { askAndSignIn, signInWith } from '../../steps/registries/login.ts';
import type { Target } from '../../steps/target.ts';

export interface SignInOptions {
  username: string;
  password: string;
}

/** Resolves with the registry and the account. `target` may be a host that is not in the view. */
export async function signIn(
  app: Pick<App, 'registries' | 'ui'>,
  target?: Target,
  options?: SignInOptions,
): Promise<{ registry: string; account: string }> {
  const registry = await chooseRegistry(app, target, { title: t('Sign In') });
  const { account } = options ? await signInWith(app, registry, options) : await askAndSignIn(app, registry);
  app.ui.say(t('Signed in to {0} as {1}.', registry, account));
  return { registry, account };
}
