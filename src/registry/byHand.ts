// The names and patterns of repositories that a person added, kept by registry.
import { isPattern, patternTest } from '../model/names.ts';
import { parseReference } from '../model/reference.ts';

export interface ByHand {
  of(registry: string): readonly string[];
  /** Resolves once the list is kept. */
  set(registry: string, list: readonly string[]): Promise<void>;
}

const stateKey = 'repositories';

export function createByHand(state: {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}): ByHand {
  let lists: Record<string, readonly string[]> = readLists(state.get(stateKey));
  return {
    of: (registry) => lists[registry] ?? [],
    async set(registry, list) {
      const { [registry]: _, ...others } = lists;
      lists = list.length > 0 ? { ...others, [registry]: list } : others;
      await state.update(stateKey, lists);
    },
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

/** What an earlier session kept; entries that do not have the right form are passed over. */
function readLists(value: unknown): Record<string, string[]> {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value).flatMap(([registry, list]) =>
          Array.isArray(list) ? [[registry, list.filter((name) => typeof name === 'string')]] : [],
        ),
      )
    : {};
}
