// The names and patterns of repositories that a person added, stored by registry.
import { UserError } from '../../../model/errors.ts';
import { type Disposable, Emitter, type Event } from '../../../model/event.ts';
import { t } from '../../../model/l10n.ts';
import { parseReference } from '../../../model/reference.ts';
import { expandBraces, isPattern, patternTest } from '../../../model/registries/names.ts';
import type { SharedState } from '../../../model/state.ts';
import { hostOf } from './addresses.ts';
import { createTable, listsByName } from './table.ts';

/** Names and patterns of repositories that a person added, since not every registry has a list. */
export interface AddedNames {
  added(registry: string): readonly string[];
  /**
   * Saves a name (`team/app`), names (`team/{web,api}`) or a pattern (`team/*`). Resolves with what was saved; rejects with
   * `bad-reference` for what cannot be a name.
   */
  add(registry: string, typed: string): Promise<string[]>;
  /** Takes a name or pattern that was added out again. Rejects with `not-added`. */
  remove(registry: string, typed: string): Promise<void>;
}

export interface ByHand extends AddedNames, Disposable {
  /** Names of a registry came or went, here or in another window; `patterns` where one of them may be a pattern. */
  readonly onChange: Event<{ registry: string; patterns: boolean }>;
}

/** Works at once with what `state` has; `add` and `remove` also reject when it cannot be stored. */
export function createByHand(state: SharedState): ByHand {
  const changed = new Emitter<{ registry: string; patterns: boolean }>();
  const table = createTable(state, 'repositories', listsByName);
  const added = (registry: string) => table.all().get(registry) ?? [];
  const listening = table.onElsewhere((registries) => {
    for (const registry of registries) {
      changed.fire({ registry, patterns: true });
    }
  });
  return {
    onChange: changed.event,
    added,
    async add(registry, typed) {
      const names = namesTyped(registry, typed);
      await table.change(registry, (now = []) => [...new Set([...now, ...names])]);
      changed.fire({ registry, patterns: [...added(registry), ...names].some(isPattern) });
      return names;
    },
    async remove(registry, typed) {
      if (!added(registry).includes(typed)) {
        throw new UserError(
          'not-added',
          t('{0} was not added by name, so it cannot be removed from the list.', `${registry}/${typed}`),
        );
      }
      const patterns = added(registry).some(isPattern);
      await table.change(registry, (now = []) => {
        const rest = now.filter((each) => each !== typed);
        return rest.length > 0 ? rest : undefined;
      });
      changed.fire({ registry, patterns });
    },
    dispose() {
      listening.dispose();
      table.dispose();
      changed.dispose();
    },
  };
}

/** The names that a person means, each of which can be one. A pattern is checked as the name that it would be with its stars filled in. */
function namesTyped(registry: string, typed: string): string[] {
  const names = expandBraces(typed.trim().replace(/^\/+|\/+$/g, ''));
  for (const name of names) {
    parseReference(`${hostOf(registry)}/${name.replaceAll('*', 'x')}`);
  }
  return names;
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
