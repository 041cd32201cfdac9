// The part of the product that changes registries, with real registries behind it and nothing of this machine's logins.
import { join } from 'node:path';
import { createEditing, type Editing } from '../../../src/registry/change/editing.ts';
import type { RegistryClient } from '../../../src/registry/types.ts';
import { type Lab, labClient } from './lab.ts';

export interface Bench {
  editing: Editing;
  clients: RegistryClient[];
  log: string[];
  dispose(): void;
}

/** The program of a copy's own process. */
export const copier = join(import.meta.dirname, '..', '..', '..', 'src', 'registry', 'change', 'copy', 'child.ts');

/** Registries are named by their hosts. */
export function benchOf(...labs: Lab[]): Bench {
  return benchWith({}, ...labs);
}

/** With `apart`, copies run in a process of their own, as they do in the product. */
export function benchWith({ apart }: { apart?: boolean }, ...labs: Lab[]): Bench {
  const log: string[] = [];
  const clients = labs.map(({ host }) =>
    labClient({ address: { host, scheme: 'http' }, log: (line) => log.push(line) }),
  );
  const editing = createEditing({
    registries: {
      client: (address) => {
        const client = clients.find((candidate) => candidate.address.host === address);
        return client ? Promise.resolve(client) : Promise.reject(new Error(`${address} is not on the bench`));
      },
      connection: (address) => Promise.resolve({ address: { host: address, scheme: 'http' } }),
    },
    folder: notesOf(labs[0] as Lab),
    ...(apart ? { copier: () => copier } : {}),
    log: { info: (line) => log.push(line) },
  });
  return {
    editing,
    clients,
    log,
    dispose() {
      editing.dispose();
      for (const client of clients) {
        client.dispose();
      }
    },
  };
}

/** Where notes on open uploads are kept. */
export function notesOf(lab: Lab): string {
  return join(lab.folder, 'notes');
}
