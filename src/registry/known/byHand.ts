// The names and patterns of repositories that a person added, kept by registry.
import type { Disposable, Event } from '../../model/event.ts';
import { parseReference } from '../../model/reference.ts';
import { isPattern, patternTest } from '../../model/registries/names.ts';
import type { SharedState } from '../../model/state.ts';
import { createTable, listsByName } from './table.ts';

export interface ByHand extends Disposable {
  of(registry: string): readonly string[];
  /** Resolve once it is kept. */
  add(registry: string, names: readonly string[]): Promise<void>;
  remove(registry: string, name: string): Promise<void>;
  /** Registries to which another window has added names, or taken them out. */
  readonly onElsewhere: Event<readonly string[]>;
}

export function createByHand(state: SharedState): ByHand {
  const table = createTable(state, 'repositories', listsByName);
  return {
    of: (registry) => table.all().get(registry) ?? [],
    add: (registry, names) => table.change(registry, (now = []) => [...new Set([...now, ...names])]),
    remove: (registry, name) =>
      table.change(registry, (now = []) => {
        const rest = now.filter((each) => each !== name);
        return rest.length > 0 ? rest : undefined;
      }),
    onElsewhere: table.onElsewhere,
    dispose: table.dispose,
  };
}

/** Repositories of a registry, among the references of the engine's images, that one of the patterns matches. */
export function matching(registry: string, patterns: readonly string[], references: readonly string[]): string[] {
  const tests = patterns.filter(isPattern).map(patternTest);
  const names = references.map((reference) => pathIn(registry, reference)).filter((name) => name !== undefined);
  return [...new Set(names)].filter((name) => tests.some((test) => test(name)));
}

/** `localhost:5000/team/box:1` -> `team/box` when it is of this registry. */
function pathIn(registry: string, reference: string): string | undefined {
  try {
    const { host, path } = parseReference(reference);
    const whole = `${host}/${path}`;
    return whole.startsWith(`${registry}/`) ? whole.slice(registry.length + 1) : undefined;
  } catch {
    return undefined;
  }
}
