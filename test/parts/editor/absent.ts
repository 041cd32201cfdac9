// What the registries need of an editor, in memory.

import type { RegistriesHost } from '../../../src/registry/known/registries.ts';
import { memorySecrets, memoryState } from './memento.ts';

export interface Memory {
  settings: string[];
  state: Map<string, unknown>;
  secrets: Map<string, string>;
  log: string[];
}

export function createMemory(): Memory {
  return { settings: [], state: new Map(), secrets: new Map(), log: [] };
}

const noFiles: NonNullable<RegistriesHost['files']> = { find: async () => undefined, hosts: async () => [] };

/** The logins of this machine are left out; others can be given. */
export function withoutEditor(
  memory: Memory = createMemory(),
  files: RegistriesHost['files'] = noFiles,
): RegistriesHost {
  const { settings, state, secrets, log } = memory;
  const tell = (line: string) => void log.push(line);
  return {
    settings: () => settings,
    state: memoryState(state),
    secrets: memorySecrets(secrets),
    files,
    log: { info: tell, warn: tell },
  };
}
