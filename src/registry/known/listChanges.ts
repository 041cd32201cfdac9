// Adds registries to the list, and takes them out of it, with all that is stored of them.
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import type { LoginFacts, Logins } from '../auth/logins.ts';
import type { Clients } from './clients.ts';
import { entryOf, type RegistryEntry } from './entries.ts';
import { checkJoining, type Joining } from './joining.ts';
import type { PlainHttp } from './plainHttp.ts';
import type { SavedRegistries } from './stored/addresses.ts';
import type { Namespaces } from './stored/namespaces.ts';

/** A registry that was added. */
export interface Added extends RegistryEntry {
  /** Absent where none was needed. */
  login?: LoginFacts;
  /** The folder of certs.d that holds the client certificate for it. */
  clientCertificate?: string;
}

/** Changes of the list. */
export interface RegistryChanges {
  /**
   * Checks an address as a person typed it and saves it, with the login and the trusted CAs where they were given.
   * Rejects with a UserError that says what is wrong (codes `unauthorized` and `login-failed` ask for a login); then
   * nothing is saved.
   */
  add(typed: string, joining: Joining, signal: AbortSignal): Promise<Added>;
  /**
   * Takes a registry out of the list, and forgets the logins for its host when it was the last one there. Rejects with
   * `in-settings` or `no-such-registry`.
   */
  remove(address: string): Promise<void>;
}

export interface ListChangesHost {
  list(): readonly RegistryEntry[];
  saved: SavedRegistries;
  plainHttp: PlainHttp;
  namespaces: Pick<Namespaces, 'set'>;
  logins: Pick<Logins, 'credentials' | 'current' | 'keep' | 'forget'>;
  clients: Pick<Clients, 'forget'>;
  /** Called after each change, before its promise resolves. */
  changed(): void;
  log(line: string): void;
}

/** Only `add` asks a registry. */
export function createListChanges(host: ListChangesHost): RegistryChanges {
  const { list, saved, plainHttp, namespaces, logins, clients, changed, log } = host;
  return {
    async add(typed, joining, signal) {
      const parts = { saved, plainHttp, credentials: logins.credentials, log };
      const { registry, access, account } = await checkJoining(parts, typed, joining, signal);
      const { host, scheme } = registry;
      const entry = entryOf(registry);
      if (account) {
        await logins.keep(host, scheme, account);
      }
      await saved.put(registry);
      await clients.forget(entry.address);
      changed();
      const login = access === 'login' ? await logins.current(host, scheme) : undefined;
      const folder = await clientCertificateFolder(host);
      return { ...entry, ...(login ? { login } : {}), ...(folder ? { clientCertificate: folder } : {}) };
    },

    async remove(address) {
      const gone = saved.find(address);
      if (!gone) {
        throw notRemovable(
          address,
          list().some((entry) => entry.address === address),
        );
      }
      await saved.remove(address);
      await namespaces.set(address, []);
      if (!saved.list().some(({ host }) => host === gone.host)) {
        await logins.forget(gone.host);
      }
      await clients.forget(address);
      changed();
    },
  };
}

/** The folder of certs.d with the client certificate for a host, where there is one. */
async function clientCertificateFolder(host: string): Promise<string | undefined> {
  const { certificateFolder, readCertificates } = await import('./loadedLater.ts');
  const { cert } = await readCertificates(host);
  return cert === undefined ? undefined : certificateFolder(host);
}

function notRemovable(address: string, fromSetting: boolean): UserError {
  return fromSetting
    ? new UserError(
        'in-settings',
        t('{0} is named by the setting docknotes.registries. Remove it from there.', address),
        {
          actions: [{ label: t('Open Settings'), command: 'docknotes.openSettings' }],
        },
      )
    : new UserError('no-such-registry', t('{0} is not among the registries.', address));
}
