// One client for each registry of the list, made when it is first asked for, and the schemes that registries were found to speak.
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import type { CredentialSource, RegistryClient, Scheme } from '../types.ts';
import { type RegistryEntry, typedOf } from './entries.ts';
import { type SavedRegistries, trustOf } from './stored/addresses.ts';
import type { Namespaces } from './stored/namespaces.ts';

export interface Clients {
  /**
   * The client of a registry of the list; it lives until it is forgotten. Rejects with `no-such-registry`, or with what
   * kept one of the settings from being reached; then the next call looks at it afresh.
   */
  of(address: string): Promise<RegistryClient>;
  /** Disposes of the client, since how the registry is reached, or who we are there, has changed. */
  forget(address: string): Promise<void>;
  /** The scheme that a registry without one in the settings was found to speak. */
  foundScheme(address: string): Scheme | undefined;
  noteScheme(address: string, scheme: Scheme): void;
  dispose(): void;
}

export interface ClientsHost {
  list(): readonly RegistryEntry[];
  saved: Pick<SavedRegistries, 'find'>;
  namespaces: Pick<Namespaces, 'of'>;
  credentials: CredentialSource;
  log(line: string): void;
}

/** Asks no registry until one of the settings, whose scheme is not known, is needed: that one is probed. */
export function createClients({ list, saved, namespaces, credentials, log }: ClientsHost): Clients {
  const clients = new Map<string, Promise<RegistryClient>>();
  const schemes = new Map<string, Scheme>();

  async function make(address: string): Promise<RegistryClient> {
    const entry = list().find((candidate) => candidate.address === address);
    if (!entry) {
      throw new UserError('no-such-registry', t('{0} is not among the registries. Add it first.', address));
    }
    const { createRegistryClient, probeRegistry } = await import('./loadedLater.ts');
    const known = saved.find(address);
    const where = known ?? (await probeRegistry(typedOf(entry), { credentials, log })).address;
    schemes.set(address, where.scheme);
    return createRegistryClient({
      address: where,
      credentials,
      log,
      namespaces: namespaces.of(address),
      ...trustOf(known),
    });
  }

  return {
    of(address) {
      const known = clients.get(address);
      if (known) {
        return known;
      }
      const made = make(address);
      clients.set(address, made);
      made.catch(() => clients.delete(address));
      return made;
    },
    async forget(address) {
      const client = clients.get(address);
      clients.delete(address);
      (await client?.catch(() => undefined))?.dispose();
    },
    foundScheme: (address) => schemes.get(address),
    noteScheme: (address, scheme) => void schemes.set(address, scheme),
    dispose() {
      for (const client of clients.values()) {
        client.then(
          (made) => made.dispose(),
          () => undefined,
        );
      }
      clients.clear();
    },
  };
}
