// What the registries need of an editor, in memory.
import type { RegistriesHost } from '../../../src/registry/registries.ts';

export interface Memory {
  settings: string[];
  state: Map<string, unknown>;
  secrets: Map<string, string>;
  log: string[];
}

export function createMemory(): Memory {
  return { settings: [], state: new Map(), secrets: new Map(), log: [] };
}

/** The logins of this machine's other programs are left out. */
export function withoutEditor(memory: Memory = createMemory()): RegistriesHost {
  const { settings, state, secrets, log } = memory;
  const tell = (line: string) => void log.push(line);
  return {
    settings: () => settings,
    state: { get: (key) => state.get(key), update: async (key, value) => void state.set(key, structuredClone(value)) },
    secrets: {
      get: async (key) => secrets.get(key),
      store: async (key, value) => void secrets.set(key, value),
      delete: async (key) => void secrets.delete(key),
    },
    files: { find: async () => undefined, hosts: async () => [] },
    log: { info: tell, warn: tell },
  };
}
