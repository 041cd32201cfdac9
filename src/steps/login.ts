// Signing in: the question, and pushes and pulls that ask it once when the registry refuses them.
import type { App } from '../app.ts';
import type { RegistryAuth } from '../engine/types.ts';
import { explain } from '../model/engineHelp.ts';
import { messageOf, UserError } from '../model/errors.ts';
import { t } from '../model/l10n.ts';

export interface LoginAnswer {
  username: string;
  password: string;
}

/** The codes of a registry that wants a login, or refused the one it was given. */
export const loginWanted: ReadonlySet<string> = new Set(['unauthorized', 'login-failed']);

/** What the engine's words mean when it is the login that a push or pull lacks. */
const refusals = new Set(['login-required', 'login-denied', 'access-denied']);

/** Asks for a name, filled in where one is known, and a password. `why` is a sentence. */
export async function askLogin(app: App, title: string, why: string, username = ''): Promise<LoginAnswer> {
  const filled = (value: string) => (value ? undefined : t('This cannot be empty.'));
  const name = await app.ui.input({ title, prompt: t('{0} User name:', why), value: username, check: filled });
  const password = await app.ui.input({
    title,
    prompt: t('Password or access token of {0}. It is kept in the secret storage of the editor.', name),
    password: true,
    check: filled,
  });
  return { username: name, password };
}

/** Asks for a login and checks it, until the registry takes one or the person closes the question. */
export async function askAndSignIn(app: App, registry: string, why: string): Promise<{ account: string }> {
  const title = t('Sign In to {0}', registry);
  let username = (await app.registries.login(registry))?.account;
  for (let reason = why; ; ) {
    const answer = await askLogin(app, title, reason, username);
    try {
      return await signInWith(app, registry, answer);
    } catch (error) {
      if (!(error instanceof UserError && loginWanted.has(error.code))) {
        throw error;
      }
      reason = messageOf(error);
      username = answer.username;
    }
  }
}

/** Checks a login and keeps it. Rejects with code `login-failed` when it is refused. */
export async function signInWith(app: App, registry: string, answer: LoginAnswer): Promise<{ account: string }> {
  await app.ui.progress(t('Signing in to {0}', registry), (_report, signal) =>
    app.registries.signIn(registry, answer, signal),
  );
  return { account: answer.username };
}

/**
 * Runs a push or pull with the login that is known for the registry. Where a person can be asked, a refusal leads to one
 * question and one more try. Failures are explained, with ways to sign in and to make the engine trust the registry.
 */
export async function withLogin<T>(
  app: App,
  where: { registry: string; repository: string; ask: boolean },
  run: (auth: RegistryAuth | undefined) => Promise<T>,
): Promise<T> {
  const { registry, repository } = where;
  const auth = await app.registries.authFor(registry, repository);
  try {
    return await run(auth);
  } catch (error) {
    const failure = explained(error, registry, auth !== undefined);
    // With a login that is taken, more than it may do is denied: another password would not help.
    const login = failure.code === 'access-denied' ? auth === undefined : refusals.has(failure.code);
    if (!where.ask || !login) {
      throw failure === error || !(error instanceof Error) ? error : failure;
    }
    await askAndSignIn(app, registry, failure.message);
  }
  try {
    return await run(await app.registries.authFor(registry, repository));
  } catch (error) {
    throw explained(error, registry, true);
  }
}

function explained(error: unknown, registry: string, hadLogin: boolean): UserError {
  const failure = explain(error);
  const note = (key: string) => ({ label: t('Show Note'), note: key });
  if (refusals.has(failure.code)) {
    const sentence = hadLogin
      ? failure.code === 'access-denied'
        ? t('{0} does not allow this to the account that is signed in. Sign in with another one, or ask for the right.', registry)
        : t('{0} refused the login that is known for it. Sign in again.', registry)
      : t('{0} wants a login for this. Sign in first.', registry);
    return new UserError(failure.code, sentence, {
      actions: [{ label: t('Sign In'), command: 'docknotes.signIn', args: [registry] }, note('error.login-required')],
      cause: error,
    });
  }
  if (failure.code === 'unknown-ca') {
    const folder = `/etc/docker/certs.d/${registry}`;
    return new UserError(
      failure.code,
      t(
        'The engine does not trust the certificate of {0}. Put the certificate of its CA into {1} on the host of the engine.',
        registry,
        `${folder}/ca.crt`,
      ),
      {
        actions: [
          { label: t('Show How'), command: 'docknotes.trustRegistry', args: [registry] },
          note('error.unknown-ca'),
        ],
        cause: error,
      },
    );
  }
  return failure;
}
