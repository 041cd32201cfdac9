// Uses another account at a registry: one that is known, or a new one.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { chooseRegistry } from '../../steps/registries/choose.ts';
import { askAndSignIn, signInWith } from '../../steps/registries/login.ts';
import type { Target } from '../../steps/target.ts';

export interface SwitchAccountOptions {
  username: string;
  /** Needed for an account that is not known yet. */
  password?: string;
}

/** Resolves with the registry and the account that is in use now. */
export async function switchAccount(
  app: Pick<App, 'registries' | 'ui'>,
  target?: Target,
  options?: SwitchAccountOptions,
): Promise<{ registry: string; account: string }> {
  const registry = await chooseRegistry(app, target, { title: t('Switch Account') });
  const account = options ? await switchTo(app, registry, options) : await pickAccount(app, registry);
  app.ui.say(t('{0} is used as {1} now.', registry, account));
  return { registry, account };
}

async function switchTo(
  app: Pick<App, 'registries' | 'ui'>,
  registry: string,
  { username, password }: SwitchAccountOptions,
): Promise<string> {
  if (password !== undefined) {
    return (await signInWith(app, registry, { username, password })).account;
  }
  const known = (await app.registries.accounts(registry)).find(({ account }) => account === username);
  await app.registries.useAccount(registry, known?.ours === false ? undefined : username);
  return username;
}

async function pickAccount(app: Pick<App, 'registries' | 'ui'>, registry: string): Promise<string> {
  const accounts = await app.registries.accounts(registry);
  if (accounts.length === 0) {
    return (await askAndSignIn(app, registry)).account;
  }
  const picked = await app.ui.pick(
    [
      ...accounts.map((known) => ({
        label: known.account ?? t('a token'),
        description: known.current ? t('in use, from {0}', known.source) : t('from {0}', known.source),
        icon: known.current ? 'check' : 'account',
        value: known,
      })),
      { label: t('Another account…'), icon: 'add', value: undefined },
    ],
    { title: t('Switch Account'), placeholder: t('The account to use at {0}', registry) },
  );
  if (picked === undefined) {
    return (await askAndSignIn(app, registry)).account;
  }
  await app.registries.useAccount(registry, picked.ours ? picked.account : undefined);
  return picked.account ?? t('a token');
}
