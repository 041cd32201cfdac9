// The registries that the views show: those that a person added and those that the settings name.
import { type Disposable, Emitter, type Event } from '../../model/event.ts';
import { apiHostOf } from '../../model/reference.ts';
import type { SharedState } from '../../model/state.ts';
import type { RemoteImage } from '../api/remoteImage.ts';
import type { Secrets } from '../auth/accountStore.ts';
import { createFileCredentials, type FileCredentials } from '../auth/credentials.ts';
import { createLogins, type LoginFacts } from '../auth/logins.ts';
import type { CertificateFacts } from '../types.ts';
import { createAccounts, type RegistryAccounts } from './accounts.ts';
import { createClients } from './clients.ts';
import { listEntries, type RegistryEntry } from './entries.ts';
import type { Joining } from './joining.ts';
import { type Added, createListChanges, type RegistryChanges } from './listChanges.ts';
import { createPlainHttp } from './plainHttp.ts';
import { createReading, type RegistryReading } from './reading.ts';
import { createSavedRegistries, hostOf } from './stored/addresses.ts';
import { createNamespaces } from './stored/namespaces.ts';

/** Which part of the registries differs now; without `registry` the list itself. */
export interface RegistryChange {
  registry?: string;
  repository?: string;
  /** We are somebody else there now, who may see other things. */
  login?: boolean;
}

export type { Added, Joining, LoginFacts, RegistryAccounts, RegistryEntry, RegistryReading, RemoteImage };

/** Which registries there are. */
export interface RegistryList extends RegistryChanges {
  readonly onChange: Event<RegistryChange>;
  list(): readonly RegistryEntry[];
  /** Says that something changed, so that the views ask again. */
  touch(change: RegistryChange): void;
}

/** What to list of a registry whose vendor lists by namespace only. */
export interface RegistryNamespaces {
  /** As the person named them. */
  namespaces(address: string): readonly string[];
  /** Lists these from now on; resolves with them as they are saved. Rejects with `bad-namespace`. */
  setNamespaces(address: string, names: readonly string[]): Promise<readonly string[]>;
}

/** Whom one would trust. */
export interface RegistryTrust {
  /** The certificates that a registry shows, its own first, whether they are trusted or not. */
  certificates(address: string, signal: AbortSignal): Promise<readonly CertificateFacts[]>;
}

export interface Registries
  extends RegistryList,
    RegistryAccounts,
    RegistryNamespaces,
    RegistryTrust,
    RegistryReading,
    Disposable {}

/** What the registries need from the editor. */
export interface RegistriesHost {
  /** Addresses that the settings name. */
  settings(): readonly string[];
  /** Keeps the list between sessions. */
  state: SharedState;
  secrets: Secrets;
  /** Logins that other programs keep; those of this machine unless given. */
  files?: FileCredentials;
  log: { info(message: string): void; warn(message: string): void };
}

/**
 * Works at once with what is saved; what asks registries over the network is loaded with the first call that needs it.
 * Throws nothing; what its functions reject with stands at each.
 */
export function createRegistries({ settings, state, secrets, log, files }: RegistriesHost): Registries {
  const changed = new Emitter<RegistryChange>();
  const saved = createSavedRegistries(state);
  const namespaces = createNamespaces(state);
  const plainHttp = createPlainHttp(saved);
  const otherPrograms = files ?? createFileCredentials((line) => log.warn(line));
  const logins = createLogins(secrets, state, otherPrograms, plainHttp.isAgreed, log.warn);
  const { credentials } = logins;
  const list = () => listEntries(saved.list(), settings(), log.warn);
  const clients = createClients({ list, saved, namespaces, credentials, log: log.info });
  const accounts = createAccounts({ list, saved, logins, clients, loginChanged, log: log.info });
  /** What other windows do is seen here as if it had been done here. */
  const elsewhere = [
    saved.onElsewhere(async (addresses) => {
      await Promise.all(addresses.map(clients.forget));
      changed.fire({});
    }),
    namespaces.onElsewhere(async (addresses) => {
      await Promise.all(addresses.map(clients.forget));
      for (const registry of addresses) {
        changed.fire({ registry });
      }
    }),
    logins.onElsewhere((host) => void loginChanged(host)),
  ];

  /** After another login, what the old one was allowed to see is forgotten. */
  async function loginChanged(host: string): Promise<void> {
    const concerned = list().filter((entry) => hostOf(entry.address) === host);
    await Promise.all(concerned.map(({ address }) => clients.forget(address)));
    for (const { address } of concerned) {
      changed.fire({ registry: address, login: true });
    }
  }

  return {
    ...accounts,
    ...createListChanges({
      list,
      saved,
      plainHttp,
      namespaces,
      logins,
      clients,
      changed: () => changed.fire({}),
      log: log.info,
    }),
    ...createReading(clients, saved, credentials),
    onChange: changed.event,
    list,
    touch: (change) => changed.fire(change),

    namespaces: namespaces.of,
    async setNamespaces(address, names) {
      const set = await namespaces.set(address, names);
      await clients.forget(address);
      changed.fire({ registry: address });
      return set;
    },

    certificates: async (address, signal) =>
      (await import('./loadedLater.ts')).fetchCertificates(apiHostOf(hostOf(address)), signal),

    dispose() {
      for (const part of [...elsewhere, saved, namespaces, logins, changed, clients]) {
        part.dispose();
      }
    },
  };
}
