// Who we are at each registry: the logins that are kept here first, then those that docker and Podman keep.
import type { RegistryAuth } from '../../engine/types.ts';
import { UserError } from '../../model/errors.ts';
import type { Disposable, Event } from '../../model/event.ts';
import { t } from '../../model/l10n.ts';
import { credentialKeyOf } from '../../model/reference.ts';
import type { SharedState } from '../../model/state.ts';
import { isLoopback } from '../http/networkGuard.ts';
import type { CredentialSource, Scheme } from '../types.ts';
import { type Account, createKeptAccounts, type Secrets } from './accounts.ts';
import type { FileCredentials } from './credentials.ts';

/** Who we are at a registry. */
export interface LoginFacts {
  /** Absent for a token that names nobody. */
  account?: string;
  /** For a person: a file, the program of a credential helper, or the secret storage of the editor. */
  source: string;
  /** Kept here, so that it can be signed out; others' files are never changed. */
  ours: boolean;
}

/**
 * Hosts are as image references name them. A login belongs to the scheme that it was given for: one for https is never sent
 * over plain http.
 */
export interface Logins extends Disposable {
  /** A host at which another window has changed who we are. */
  readonly onElsewhere: Event<string>;
  /** What requests to a registry are signed with. */
  readonly credentials: CredentialSource;
  /** Who we are; undefined without a login. Asks nobody but files and helpers. */
  current(host: string, scheme: Scheme): Promise<LoginFacts | undefined>;
  /** All logins that are known: ours, then the one of a file or helper; the one in use is marked. */
  all(host: string, scheme: Scheme): Promise<(LoginFacts & { current: boolean })[]>;
  /** Keeps an account and uses it from now on. */
  keep(host: string, scheme: Scheme, account: Account): Promise<LoginFacts>;
  /** Uses one of the accounts that are kept, or the login of a file or helper when undefined. */
  use(host: string, scheme: Scheme, username: string | undefined): Promise<void>;
  /** Forgets the account in use. Rejects with a UserError that names the file where another program keeps it. */
  signOut(host: string, scheme: Scheme): Promise<LoginFacts>;
  /** Forgets every account that is kept for the host. */
  forget(host: string): Promise<void>;
  /** Hosts that other programs have a login for. */
  hosts(): Promise<string[]>;
  /** The login in the form that the engine wants, for a push or pull. */
  authFor(host: string, scheme: Scheme, repository?: string): Promise<RegistryAuth | undefined>;
}

/**
 * `agreed` says whether a person chose plain http for a host. Files of other programs do not say which scheme their logins
 * are for: over http they are used on this machine, and where that was chosen.
 */
export function createLogins(
  secrets: Secrets,
  state: Pick<SharedState, 'alone'>,
  files: FileCredentials,
  agreed: (host: string) => boolean,
  log: (line: string) => void,
): Logins {
  const kept = createKeptAccounts(secrets, state, log);
  const here = () => t('the secret storage of the editor');
  const inFiles = async (host: string, repository: string | undefined, scheme: Scheme) =>
    scheme === 'https' || isHere(host) || agreed(host) ? files.find(host, repository) : undefined;

  const credentials: CredentialSource = {
    async find(host, repository, scheme = 'https') {
      return (await kept.find(keptUnder(host, scheme))) ?? (await inFiles(host, repository, scheme));
    },
    async withholds(host, repository, scheme) {
      const found = scheme === 'http' ? ((await kept.find(host)) ?? (await files.find(host, repository))) : undefined;
      return found !== undefined && (await credentials.find(host, repository, scheme)) === undefined;
    },
  };

  async function current(host: string, scheme: Scheme): Promise<LoginFacts | undefined> {
    const ours = await kept.find(keptUnder(host, scheme));
    const found = ours ?? (await inFiles(host, undefined, scheme));
    return found && factsOf(found, ours !== undefined);
  }

  return {
    onElsewhere: (listener) => kept.onElsewhere((place) => listener(hostUnder(place))),
    dispose: kept.dispose,
    credentials,
    current,

    async all(host, scheme) {
      const { current: inUse, accounts } = await kept.read(keptUnder(host, scheme));
      const elsewhere = await inFiles(host, undefined, scheme);
      const ours = accounts.map(({ username }) => ({
        account: username,
        source: here(),
        ours: true,
        current: username === inUse,
      }));
      const others = elsewhere ? [factsOf(elsewhere, false)] : [];
      return [...ours, ...others.map((facts) => ({ ...facts, current: !ours.some((each) => each.current) }))];
    },

    async keep(host, scheme, account) {
      await kept.use(keptUnder(host, scheme), account);
      return { account: account.username, source: here(), ours: true };
    },

    async use(host, scheme, username) {
      const place = keptUnder(host, scheme);
      if (username === undefined) {
        return kept.useNone(place);
      }
      const account = (await kept.read(place)).accounts.find((candidate) => candidate.username === username);
      if (!account) {
        throw new UserError('no-such-account', t('There is no login of {0} for {1}. Sign in first.', username, host));
      }
      await kept.use(place, account);
    },

    async signOut(host, scheme) {
      const facts = await current(host, scheme);
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
      await kept.remove(keptUnder(host, scheme), facts.account);
      return facts;
    },

    async forget(host) {
      await kept.remove(keptUnder(host, 'https'));
      await kept.remove(keptUnder(host, 'http'));
    },
    hosts: () => files.hosts(),

    async authFor(host, scheme, repository) {
      // The engine has its own rules for plain http, and asks nobody for a login but us.
      const found = (await kept.find(keptUnder(host, scheme))) ?? (await files.find(host, repository));
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

/** Under the host alone for https, so that what was kept before schemes were told apart is not sent over plain http. */
function keptUnder(host: string, scheme: Scheme): string {
  return scheme === 'http' ? `http://${host}` : host;
}

/** The host that `keptUnder` made a place of. */
function hostUnder(place: string): string {
  return place.startsWith('http://') ? place.slice('http://'.length) : place;
}

/** Whether a host with its port is this machine itself, where nobody listens on the way. */
function isHere(host: string): boolean {
  return isLoopback(new URL(`http://${host}`).hostname);
}

function factsOf({ username, source }: { username?: string; source: string }, ours: boolean): LoginFacts {
  return { ...(username === undefined ? {} : { account: username }), source, ours };
}
