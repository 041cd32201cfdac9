// What the filter finds in each registry.
import { t } from '../../model/l10n.ts';
import { type Found, findNames } from '../../model/registries/names.ts';
import { plain } from '../../model/text.ts';
import type { Catalog } from '../../registry/known/catalog.ts';

/** How many found repositories of a registry are shown; more letters find the others. */
const maxFound = 300;

/**
 * Gives what is found in a registry. Holds each result as long as neither the filter nor the list is another, since
 * every row of a registry asks. Throws nothing; what is not listed is not found.
 */
export function createSearch(catalog: Catalog): (registry: string) => Found {
  const known = new Map<string, { filter: string; names: readonly string[]; length: number; found: Found }>();
  return (registry) => {
    const names = catalog.peek(registry)?.names ?? [];
    const { filter } = catalog;
    const last = known.get(registry);
    // The list grows in place while pages come.
    if (last?.filter === filter && last.names === names && last.length === names.length) {
      return last.found;
    }
    const found = findNames(names, filter, maxFound);
    known.set(registry, { filter, names, length: names.length, found });
    return found;
  };
}

/** The line above a filtered view: how many are found of how many, in all registries. */
export function foundLine(
  filter: string,
  registries: readonly { found: number; all: number; complete: boolean }[],
): string {
  const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0).toLocaleString();
  const numbers = [
    plain(filter, 100),
    sum(registries.map(({ found }) => found)),
    sum(registries.map(({ all }) => all)),
  ] as const;
  return registries.every(({ complete }) => complete)
    ? t('"{0}" is found in {1} of {2} repositories.', ...numbers)
    : t('"{0}" is found in {1} of {2} repositories so far.', ...numbers);
}
