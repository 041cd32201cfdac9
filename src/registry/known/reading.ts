// What is read of the registries of the list, each by its address.
import { RegistryError } from '../../model/registries/error.ts';
import type { RemoteImage } from '../api/remoteImage.ts';
import type { Connection, CredentialSource, RegistryClient } from '../types.ts';
import type { Clients } from './clients.ts';
import { sortTags } from './order.ts';
import { type SavedRegistries, trustOf } from './stored/addresses.ts';

/** Each rejects with `no-such-registry` for an address that is not of the list, and as the registry's client does. */
export interface RegistryReading {
  /** The client of one of the registries; it lives until the registry's entry changes. */
  client(address: string): Promise<RegistryClient>;
  /** How one of the registries is reached, with the login for a repository: for a process of ours, never to be shown. */
  connection(address: string, repository: string): Promise<Connection>;
  /** Pages of repository names as they arrive. */
  repositories(address: string, signal: AbortSignal): AsyncIterable<string[]>;
  /**
   * The tags of a repository, newest version first; signatures and the like come last. `complete` is false where there are
   * more than a list here may hold.
   */
  tags(address: string, repository: string, signal: AbortSignal): Promise<{ names: string[]; complete: boolean }>;
  /** What one tag or digest is: of an index, the image for Linux on amd64 or else its first. */
  image(address: string, repository: string, reference: string, signal: AbortSignal): Promise<RemoteImage>;
}

/** Asks nothing until one of its functions is called. */
export function createReading(
  clients: Pick<Clients, 'of'>,
  saved: Pick<SavedRegistries, 'find'>,
  credentials: CredentialSource,
): RegistryReading {
  return {
    client: clients.of,
    async connection(address, repository) {
      const { address: where } = await clients.of(address);
      const login = await credentials.find(where.host, repository, where.scheme);
      return { address: where, ...trustOf(saved.find(address)), ...(login ? { credentials: login } : {}) };
    },
    async *repositories(address, signal) {
      yield* (await clients.of(address)).repositories(signal);
    },
    async tags(address, repository, signal) {
      const pages: string[][] = [];
      let complete = true;
      try {
        for await (const page of (await clients.of(address)).tags(repository, signal)) {
          pages.push(page);
        }
      } catch (error) {
        if (!isTooMany(error)) {
          throw error;
        }
        complete = false;
      }
      return { names: sortTags(pages.flat()), complete };
    },
    image: async (address, repository, reference, signal) =>
      (await import('./loadedLater.ts')).describeImage(await clients.of(address), repository, reference, signal),
  };
}

/** Whether a list was left off because it goes on and on: what came before is good. */
export function isTooMany(error: unknown): boolean {
  return error instanceof RegistryError && error.code === 'too-many-names';
}
