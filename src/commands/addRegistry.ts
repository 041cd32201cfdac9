// Adds a registry to the view: an address as a person types it, checked before it is kept.
import type { App } from '../app.ts';
import { messageOf, UserError } from '../model/errors.ts';
import { t } from '../model/l10n.ts';

export interface AddRegistryOptions {
  username?: string;
  password?: string;
}

/** The codes of a registry that wants a login, or refused the one it was given. */
const loginWanted = new Set(['unauthorized', 'login-failed']);

/** Resolves with the address under which the registry is kept. `target` is the address. */
export async function addRegistry(
  app: App,
  target?: unknown,
  options?: AddRegistryOptions,
): Promise<{ registry: string }> {
  const title = t('Add Registry');
  const typed =
    typeof target === 'string'
      ? target
      : await app.ui.input({
          title,
          prompt: t('The address of the registry, such as localhost:5000 or https://registry.example.com'),
          check: (value) => (value.trim() ? undefined : t('Type the address of a registry.')),
        });
  const check = (credentials: AddRegistryOptions) =>
    app.ui.progress(t('Checking {0}', typed.trim()), (_report, signal) =>
      app.registries.add(typed, credentials, signal),
    );
  try {
    const { address } = await check(options ?? {});
    return { registry: address };
  } catch (error) {
    if (options || !(error instanceof UserError && loginWanted.has(error.code))) {
      throw error;
    }
    const { address } = await check(await askCredentials(app, title, messageOf(error)));
    return { registry: address };
  }
}

async function askCredentials(app: App, title: string, why: string): Promise<Required<AddRegistryOptions>> {
  const filled = (value: string) => (value ? undefined : t('This cannot be empty.'));
  const username = await app.ui.input({ title, prompt: t('{0} User name:', why), check: filled });
  const password = await app.ui.input({
    title,
    prompt: t('Password or access token of {0}. It is kept in the secret storage of the editor.', username),
    password: true,
    check: filled,
  });
  return { username, password };
}
