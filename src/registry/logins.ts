// Who we are at each registry: the logins that are kept here first, then those that docker and Podman keep.
import type { RegistryAuth } from '../engine/types.ts';
import { UserError } from '../model/errors.ts';
import type { Disposable, Event } from '../model/event.ts';
import { t } from '../model/l10n.ts';
import { credentialKeyOf } from '../model/reference.ts';
import type { SharedState } from '../model/state.ts';
import { type FileCredentials, firstOf } from './credentials.ts';
import { type Account, createKeptAccounts, type Secrets } from './keptAccounts.ts';
import type { CredentialSource } from './types.ts';

/** Who we are at a registry. */
export interface LoginFacts {
  /** Absent for a token that names nobody. */
  account?: string;
  /** For a person: a file, the program of a credential helper, or the secret storage of the editor. */
  source: string;
  /** Kept here, so that it can be signed out; others' files are never changed. */
  ours: boolean;
}

/** Hosts are as image references name them. */
export interface Logins extends Disposable {
  /** A host at which another window has changed who we are. */
  readonly onElsewhere: Event<string>;
  /** What requests to a registry are signed with. */
  readonly credentials: CredentialSource;
  /** Who we are; undefined without a login. Asks nobody but files and helpers. */
  current(host: string): Promise<LoginFacts | undefined>;
  /** All logins that are known: ours, then the one of a file or helper; the one in use is marked. */
  all(host: string): Promise<(LoginFacts & { current: boolean })[]>;
  /** Keeps an account and uses it from now on. */
  keep(host: string, account: Account): Promise<LoginFacts>;
  /** Uses one of the accounts that are kept, or the login of a file or helper when undefined. */
  use(host: string, username: string | undefined): Promise<void>;
  /** Forgets the account in use. Rejects with a UserError that names the file where another program keeps it. */
  signOut(host: string): Promise<LoginFacts>;
  /** Forgets every account that is kept for the host. */
  forget(host: string): Promise<void>;
  /** Hosts that other programs have a login for. */
  hosts(): Promise<string[]>;
  /** The login in the form that the engine wants, for a push or pull. */
  authFor(host: string, repository?: string): Promise<RegistryAuth | undefined>;
}

export function createLogins(
  secrets: Secrets,
  state: Pick<SharedState, 'alone'>,
  files: FileCredentials,
  log: (line: string) => void,
): Logins {
  const kept = createKeptAccounts(secrets, state, log);
  const credentials = firstOf(kept, files);
  const here = () => t('the secret storage of the editor');

  async function current(host: string): Promise<LoginFacts | undefined> {
    const ours = await kept.find(host);
    const found = ours ?? (await files.find(host));
    return found && factsOf(found, ours !== undefined);
  }

  return {
    onElsewhere: kept.onElsewhere,
    dispose: kept.dispose,
    credentials,
    current,

    async all(host) {
      const { current: inUse, accounts } = await kept.read(host);
      const elsewhere = await files.find(host);
      const ours = accounts.map(({ username }) => ({
        account: username,
        source: here(),
        ours: true,
        current: username === inUse,
      }));
      const others = elsewhere ? [factsOf(elsewhere, false)] : [];
      return [...ours, ...others.map((facts) => ({ ...facts, current: !ours.some((each) => each.current) }))];
    },

    async keep(host, account) {
      await kept.use(host, account);
      return { account: account.username, source: here(), ours: true };
    },

    async use(host, username) {
      if (username === undefined) {
        return kept.useNone(host);
      }
      const account = (await kept.read(host)).accounts.find((candidate) => candidate.username === username);
      if (!account) {
        throw new UserError('no-such-account', t('There is no login of {0} for {1}. Sign in first.', username, host));
      }
      await kept.use(host, account);
    },

    async signOut(host) {
      const facts = await current(host);
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
      await kept.remove(host, facts.account);
      return facts;
    },

    forget: (host) => kept.remove(host),
    hosts: () => files.hosts(),

    async authFor(host, repository) {
      const found = await credentials.find(host, repository);
      return (
        found && {
          ...(found.username === undefined ? {} : { username: found.username }),
          ...(found.password === undefined ? {} : { password: found.password }),
          ...(found.identityToken === undefined ? {} : { identityToken: found.identityToken }),
          ...(found.registryToken === undefined ? {} : { registryToken: found.registryToken }),
          serverAddress: credentialKeyOf(host),
        }
      );
    },
  };
}

function factsOf({ username, source }: { username?: string; source: string }, ours: boolean): LoginFacts {
  return { ...(username === undefined ? {} : { account: username }), source, ours };
}
