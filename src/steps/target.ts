// What a command may be given as its first argument, and what stands in it.
import type { Element } from '../model/elements.ts';

/** A row, several rows, a name or id as a person types it, or several of these. */
export type Target = Element | readonly Element[] | string | readonly string[] | undefined;

/** Names given from code; undefined when rows, or nothing, were given. */
export function namesOf(target: Target): string[] | undefined {
  if (typeof target === 'string') {
    return [target];
  }
  if (Array.isArray(target) && target.length > 0 && target.every((each) => typeof each === 'string')) {
    return [...target];
  }
  return undefined;
}

/** The selected rows; none where names, or nothing, were given. */
export function rowsOf(target: Target): readonly Element[] {
  if (typeof target !== 'object') {
    return [];
  }
  return 'type' in target ? [target] : target.filter((each) => typeof each === 'object');
}
