// Who we are at the registries, by their addresses: sign in and out, and which of several accounts is used.
import type { RegistryAuth } from '../../engine/types.ts';
import type { Account } from '../auth/accountStore.ts';
import type { LoginFacts, Logins } from '../auth/logins.ts';
import type { Scheme } from '../types.ts';
import type { Clients } from './clients.ts';
import { type RegistryEntry, typedOf } from './entries.ts';
import { checkAddress, typedCredentials } from './joining.ts';
import { hostOf, type SavedRegistries, trustOf } from './stored/addresses.ts';

/** An address need not be one of the list: any host will do. */
export interface RegistryAccounts {
  /** Who we are at a registry, or at any host; undefined without a login. Asks nobody but files and helpers. */
  login(address: string): Promise<LoginFacts | undefined>;
  /** All logins that are known for a host: ours, then the one of a file or helper; the one in use is marked. */
  accounts(address: string): Promise<(LoginFacts & { current: boolean })[]>;
  /** Checks a login, keeps it and uses it from now on. Rejects with code `login-failed` and keeps nothing when it is refused. */
  signIn(address: string, account: Account, signal: AbortSignal): Promise<LoginFacts>;
  /** Forgets the login in use. Rejects with a UserError that names the file where it is kept by another program. */
  signOut(address: string): Promise<LoginFacts>;
  /** Uses another of `accounts`; undefined for the one of a file or helper. */
  useAccount(address: string, account: string | undefined): Promise<void>;
  /** Hosts that docker or Podman have a login for. */
  loginHosts(): Promise<string[]>;
  /** The login for the engine, for a push or pull to this host; undefined when none is known. */
  authFor(host: string, repository?: string): Promise<RegistryAuth | undefined>;
}

export interface AccountsHost {
  list(): readonly RegistryEntry[];
  saved: Pick<SavedRegistries, 'find'>;
  logins: Logins;
  clients: Pick<Clients, 'foundScheme' | 'noteScheme'>;
  /** Called after each change, before its promise resolves. */
  loginChanged(host: string): Promise<void>;
  log(line: string): void;
}

/** Only `signIn` asks a registry. */
export function createAccounts({ list, saved, logins, clients, loginChanged, log }: AccountsHost): RegistryAccounts {
  /** The scheme by which a registry of the list is reached; of one that was never reached, the one that there is a login for. */
  async function schemeOf(address: string): Promise<Scheme> {
    const known = list().find((entry) => entry.address === address)?.scheme ?? clients.foundScheme(address);
    const host = hostOf(address);
    return known ?? (!(await logins.current(host, 'https')) && (await logins.current(host, 'http')) ? 'http' : 'https');
  }

  return {
    login: async (address) => logins.current(hostOf(address), await schemeOf(address)),
    accounts: async (address) => logins.all(hostOf(address), await schemeOf(address)),
    async signIn(address, account, signal) {
      const host = hostOf(address);
      const entry = list().find((candidate) => candidate.address === address);
      const credentials = typedCredentials(account);
      const trust = trustOf(saved.find(address));
      const checked = await checkAddress(typedOf(entry ?? { address }), false, { ...trust, credentials, log, signal });
      const { scheme } = checked.address;
      clients.noteScheme(address, scheme);
      const facts = await logins.keep(host, scheme, account);
      await loginChanged(host);
      return facts;
    },
    async signOut(address) {
      const facts = await logins.signOut(hostOf(address), await schemeOf(address));
      await loginChanged(hostOf(address));
      return facts;
    },
    async useAccount(address, account) {
      await logins.use(hostOf(address), await schemeOf(address), account);
      await loginChanged(hostOf(address));
    },
    loginHosts: () => logins.hosts(),
    async authFor(host, repository) {
      const entry = list().find(({ address }) => hostOf(address) === host);
      return logins.authFor(host, await schemeOf(entry?.address ?? host), repository);
    },
  };
}
