// Which login is used at a registry: the one that is stored here first, then that of another program.
import type { RegistryAuth } from '../../engine/types.ts';
import { credentialKeyOf } from '../../model/reference.ts';
import { isLoopback } from '../http/networkGuard.ts';
import type { CredentialSource, Credentials, Scheme } from '../types.ts';
import { type AccountStore, storageKey, storageName } from './accountStore.ts';
import type { FileCredentials } from './credentials.ts';

/** Who we are at a registry. */
export interface LoginFacts {
  /** Absent for a token that names nobody. */
  account?: string;
  /** For a person: a file, the program of a credential helper, or the secret storage of the editor. */
  source: string;
  /** Stored here, so that it can be signed out; others' files are never changed. */
  ours: boolean;
}

export interface LoginSource {
  /** What requests to a registry are signed with. */
  readonly credentials: Required<CredentialSource>;
  /** Who we are; undefined without a login. */
  current(host: string, scheme: Scheme): Promise<LoginFacts | undefined>;
  /** All logins that are known: ours, then the one of a file or helper; the one in use is marked. */
  all(host: string, scheme: Scheme): Promise<(LoginFacts & { current: boolean })[]>;
  /** The login in the form that the engine wants, for a push or pull. */
  authFor(host: string, scheme: Scheme, repository?: string): Promise<RegistryAuth | undefined>;
}

/**
 * `agreed` says whether a person chose plain http for a host. Files of other programs do not say which scheme their logins
 * are for: over http they are used on this machine, and where that was chosen. Asks nobody but files and helpers; rejects only
 * where the editor's secret storage does.
 */
export function createLoginSource(
  store: Pick<AccountStore, 'find' | 'read'>,
  files: FileCredentials,
  agreed: (host: string) => boolean,
): LoginSource {
  const inStore = (host: string, scheme: Scheme) => store.find(storageKey(host, scheme));
  const inFiles = async (host: string, repository: string | undefined, scheme: Scheme) =>
    scheme === 'https' || isThisMachine(host) || agreed(host) ? files.find(host, repository) : undefined;

  async function find(host: string, repository?: string, scheme: Scheme = 'https'): Promise<Credentials | undefined> {
    return (await inStore(host, scheme)) ?? (await inFiles(host, repository, scheme));
  }

  return {
    credentials: {
      find,
      async withholds(host, repository, scheme) {
        const forHttps =
          scheme === 'http' ? ((await inStore(host, 'https')) ?? (await files.find(host, repository))) : undefined;
        return forHttps !== undefined && (await find(host, repository, scheme)) === undefined;
      },
    },

    async current(host, scheme) {
      const ours = await inStore(host, scheme);
      const found = ours ?? (await inFiles(host, undefined, scheme));
      return found && factsOf(found, ours !== undefined);
    },

    async all(host, scheme) {
      const { current, accounts } = await store.read(storageKey(host, scheme));
      const elsewhere = await inFiles(host, undefined, scheme);
      const ours = accounts.map(({ username }) => ({
        ...factsOf({ username, source: storageName() }, true),
        current: username === current,
      }));
      const anyOfOurs = ours.some((each) => each.current);
      return elsewhere ? [...ours, { ...factsOf(elsewhere, false), current: !anyOfOurs }] : ours;
    },

    async authFor(host, scheme, repository) {
      // The engine has its own rules for plain http, and asks nobody for a login but us.
      const found = (await inStore(host, scheme)) ?? (await files.find(host, repository));
      return found && engineAuth(host, found);
    },
  };
}

/** A login in the form that the engine's API takes. */
export function engineAuth(host: string, found: Credentials): RegistryAuth {
  const { username, password, identityToken, registryToken } = found;
  return {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(identityToken === undefined ? {} : { identityToken }),
    ...(registryToken === undefined ? {} : { registryToken }),
    serverAddress: credentialKeyOf(host),
  };
}

/** Whether a host with its port is this machine itself, where nobody listens on the way. */
function isThisMachine(host: string): boolean {
  return isLoopback(new URL(`http://${host}`).hostname);
}

function factsOf({ username, source }: Pick<Credentials, 'username' | 'source'>, ours: boolean): LoginFacts {
  return { ...(username === undefined ? {} : { account: username }), source, ours };
}
