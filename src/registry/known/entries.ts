// The list of registries as the view shows it: those that a person added, and those that the settings name.
import { parseAddress } from '../../model/reference.ts';
import type { RegistryAddress } from '../types.ts';
import { nameOf } from './stored/addresses.ts';

/** One registry of the view. */
export interface RegistryEntry {
  /** `host[:port]`, with a path prefix where the registry has one: its name everywhere in the product. */
  address: string;
  /** Absent for one of the settings until it was reached. */
  scheme?: 'http' | 'https';
  /** The setting names it, so that it cannot be taken out of the view. */
  fromSetting: boolean;
}

/**
 * Both together, each once, in the order of their names. One that was added wins over the same one of the settings, since
 * it says how it is reached. `problem` is told of what the settings name and cannot be read; it is left out.
 */
export function listEntries(
  added: readonly RegistryAddress[],
  settings: readonly string[],
  problem: (line: string) => void,
): RegistryEntry[] {
  const entries = added.map(entryOf);
  for (const typed of settings) {
    try {
      const { scheme, ...where } = parseAddress(typed);
      const address = nameOf(where);
      if (!entries.some((entry) => entry.address === address)) {
        entries.push({ address, ...(scheme === undefined ? {} : { scheme }), fromSetting: true });
      }
    } catch (error) {
      problem(`docknotes.registries: ${String(error)}`);
    }
  }
  return entries.sort((a, b) => a.address.localeCompare(b.address));
}

/** The entry of a registry that a person added. */
export function entryOf(address: RegistryAddress): RegistryEntry {
  return { address: nameOf(address), scheme: address.scheme, fromSetting: false };
}

/** As a person would type the address, so that it is reached in the same way. */
export function typedOf({ address, scheme }: Pick<RegistryEntry, 'address' | 'scheme'>): string {
  return scheme ? `${scheme}://${address}` : address;
}
