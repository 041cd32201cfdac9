// Who we are at each registry, and how that changes: accounts are stored, used, and forgotten.
import { UserError } from '../../model/errors.ts';
import type { Disposable, Event } from '../../model/event.ts';
import { t } from '../../model/l10n.ts';
import { credentialKeyOf } from '../../model/reference.ts';
import type { SharedState } from '../../model/state.ts';
import type { Scheme } from '../types.ts';
import { type Account, createAccountStore, hostOfKey, type Secrets, storageKey, storageName } from './accountStore.ts';
import type { FileCredentials } from './credentials.ts';
import { createLoginSource, type LoginFacts, type LoginSource } from './loginSource.ts';

export type { LoginFacts };

/**
 * Hosts are as image references name them. A login belongs to the scheme that it was given for: one for https is never sent
 * over plain http.
 */
export interface Logins extends LoginSource, Disposable {
  /** A host at which another window has changed who we are. */
  readonly onElsewhere: Event<string>;
  /** Stores an account and uses it from now on. */
  keep(host: string, scheme: Scheme, account: Account): Promise<LoginFacts>;
  /** Uses one of the accounts that are stored, or the login of a file or helper when undefined. Rejects with `no-such-account`. */
  use(host: string, scheme: Scheme, username: string | undefined): Promise<void>;
  /**
   * Forgets the account in use. Rejects with `not-signed-in`, or with `login-elsewhere`, which names the file where another
   * program keeps it.
   */
  signOut(host: string, scheme: Scheme): Promise<LoginFacts>;
  /** Forgets every account that is stored for the host. */
  forget(host: string): Promise<void>;
  /** Hosts that other programs have a login for. */
  hosts(): Promise<string[]>;
}

/** Works at once; `agreed` is that of `createLoginSource`. */
export function createLogins(
  secrets: Secrets,
  state: Pick<SharedState, 'alone'>,
  files: FileCredentials,
  agreed: (host: string) => boolean,
  log: (line: string) => void,
): Logins {
  const store = createAccountStore(secrets, state, log);
  const source = createLoginSource(store, files, agreed);
  return {
    ...source,
    onElsewhere: (listener) => store.onElsewhere((key) => listener(hostOfKey(key))),
    dispose: store.dispose,

    async keep(host, scheme, account) {
      await store.use(storageKey(host, scheme), account);
      return { account: account.username, source: storageName(), ours: true };
    },

    async use(host, scheme, username) {
      const key = storageKey(host, scheme);
      if (username === undefined) {
        return store.useNone(key);
      }
      const account = (await store.read(key)).accounts.find((candidate) => candidate.username === username);
      if (!account) {
        throw new UserError('no-such-account', t('There is no login of {0} for {1}. Sign in first.', username, host));
      }
      await store.use(key, account);
    },

    async signOut(host, scheme) {
      const facts = await source.current(host, scheme);
      if (facts === undefined) {
        throw new UserError('not-signed-in', t('There is no login for {0}.', host));
      }
      if (!facts.ours) {
        throw new UserError(
          'login-elsewhere',
          t(
            'The login for {0} comes from {1}, which belongs to another program and is not changed here. Run "docker logout {2}" or "podman logout {2}" in a terminal.',
            host,
            facts.source,
            credentialKeyOf(host),
          ),
        );
      }
      await store.remove(storageKey(host, scheme), facts.account);
      return facts;
    },

    async forget(host) {
      await store.remove(storageKey(host, 'https'));
      await store.remove(storageKey(host, 'http'));
    },
    hosts: () => files.hosts(),
  };
}
