// Signing in: the question, and pushes and pulls that ask it once when the registry refuses them.
import type { App } from '../../app/index.ts';
import type { RegistryAuth } from '../../engine/types.ts';
import { explain } from '../../model/engines/help.ts';
import { Cancelled, UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';

export interface LoginAnswer {
  username: string;
  password: string;
}

/** What the engine's words mean when it is the login that a push or pull lacks. */
const refusals = new Set(['login-required', 'login-denied', 'access-denied']);

/** Why a login is asked for: the registry wants one, it refused one, or the person wants to give one. */
export type LoginReason = 'wanted' | 'refused' | 'given';

/** What the failure of a request says about the login, if it does. */
export function loginReason(error: unknown): LoginReason | undefined {
  const code = error instanceof UserError ? error.code : undefined;
  return code === 'unauthorized' ? 'wanted' : code === 'login-failed' ? 'refused' : undefined;
}

/** Asks for a name, filled in where one is known, and a password. */
export async function askLogin(
  app: Pick<App, 'ui'>,
  registry: string,
  reason: LoginReason,
  username: string | undefined,
): Promise<LoginAnswer> {
  const title = t('Sign In to {0}', registry);
  const filled = (value: string) => (value ? undefined : t('This cannot be empty.'));
  const name = await app.ui.input({
    title,
    prompt: questionFor(registry, reason),
    value: username ?? '',
    check: filled,
  });
  const password = await app.ui.input({
    title,
    prompt: t('Password or access token of {0}. It is kept in the secret storage of the editor.', name),
    password: true,
    check: filled,
  });
  return { username: name, password };
}

/** Asks for a login and checks it, until the registry takes one or the person closes the question. */
export async function askAndSignIn(
  app: Pick<App, 'registries' | 'ui'>,
  registry: string,
  why: LoginReason = 'given',
): Promise<{ account: string }> {
  let reason: LoginReason = why;
  let username = (await app.registries.login(registry))?.account;
  for (;;) {
    const answer = await askLogin(app, registry, reason, username);
    try {
      return await signInWith(app, registry, answer);
    } catch (error) {
      const next = loginReason(error);
      if (next === undefined) {
        throw error;
      }
      reason = next;
      username = answer.username;
    }
  }
}

/** Checks a login and keeps it. Rejects with code `login-failed` when it is refused. */
export async function signInWith(
  app: Pick<App, 'registries' | 'ui'>,
  registry: string,
  answer: LoginAnswer,
): Promise<{ account: string }> {
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
  app: Pick<App, 'registries' | 'ui'>,
  where: { action: 'push' | 'pull'; registry: string; repository: string; ask: boolean },
  run: (auth: RegistryAuth | undefined) => Promise<T>,
): Promise<T> {
  const { action, registry, repository, ask } = where;
  const auth = await app.registries.authFor(registry, repository);
  try {
    return await run(auth);
  } catch (error) {
    if (error instanceof Cancelled) {
      throw error;
    }
    const failure = explained(error, registry, auth !== undefined);
    // A pull is denied for names with a slip in them, too; and where a login was taken, another password does not help.
    const mends = failure.code === 'access-denied' ? action === 'push' && !auth : refusals.has(failure.code);
    if (!ask || !mends) {
      throw failure;
    }
    await askAndSignIn(app, registry, auth ? 'refused' : 'wanted');
  }
  try {
    return await run(await app.registries.authFor(registry, repository));
  } catch (error) {
    throw error instanceof Cancelled ? error : explained(error, registry, true);
  }
}

function questionFor(registry: string, reason: LoginReason): string {
  switch (reason) {
    case 'wanted':
      return t('{0} wants a login. The user name:', registry);
    case 'refused':
      return t('{0} refused the login. Check the name and the password or token. The user name:', registry);
    case 'given':
      return t('The user name at {0}:', registry);
  }
}

function explained(error: unknown, registry: string, hadLogin: boolean): UserError {
  const failure = explain(error);
  const { code } = failure;
  if (refusals.has(code)) {
    const signIn = { label: t('Sign In'), command: 'docknotes.signIn', args: [registry] };
    const actions = [signIn, { label: t('Show Note'), note: 'error.login-required' }];
    return new UserError(code, refusal(failure, registry, hadLogin), { actions, cause: error });
  }
  if (code === 'unknown-ca') {
    const file = `/etc/docker/certs.d/${registry}/ca.crt`;
    const sentence = t(
      'The engine does not trust the certificate of {0}. Put the certificate of its CA on the host of the engine, as {1}.',
      registry,
      file,
    );
    const show = { label: t('Show How'), command: 'docknotes.trustRegistry', args: [registry] };
    const actions = [show, { label: t('Show Note'), note: 'error.unknown-ca' }];
    return new UserError(code, sentence, { actions, cause: error });
  }
  return failure;
}

function refusal(failure: UserError, registry: string, hadLogin: boolean): string {
  if (failure.code === 'access-denied') {
    return hadLogin
      ? t(
          '{0} does not allow this to the account that is signed in. Check the name, ask for the right, or sign in with another account.',
          registry,
        )
      : failure.message;
  }
  return hadLogin
    ? t('{0} refused the login that is known for it. Sign in again.', registry)
    : t('{0} wants a login for this. Sign in first.', registry);
}
