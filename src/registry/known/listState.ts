// The states of a registry's list of repositories, and how one becomes the next. Pure; `lists.ts` does the work in between.
import { messageOf, UserError } from '../../model/errors.ts';

/** Names as the registry gave them, with the time: milliseconds since 1970. */
export interface DatedNames {
  names: readonly string[];
  at: number;
}

/** To be asked for again when it is next opened; until then the old names are shown with their age. */
export interface Outdated {
  kind: 'outdated';
  old: DatedNames;
}

/** Pages are coming. Old names, where there are any, are shown until the last page is here. */
export interface Loading {
  kind: 'loading';
  /** Grows in place, since a list may have 200,000 names. */
  arrived: readonly string[];
  old?: DatedNames;
}

/** The registry gave its list; `cut` where it has more names than a list may hold. */
export interface Loaded {
  kind: 'loaded';
  list: DatedNames;
  cut: boolean;
}

/** The registry gave no list, or only the beginning of one, which is shown where there are no old names. */
export interface Failed {
  kind: 'failed';
  arrived: readonly string[];
  old?: DatedNames;
  problem: ListProblem;
}

export type ListState = Outdated | Loading | Loaded | Failed;

/** Why there is no list, and what a person can do: sign in, say whose repositories to list, or add them by name. */
export interface ListProblem {
  sentence: string;
  wayOut?: 'login' | 'namespaces' | 'name';
}

/** What is known of a registry's repositories. */
export interface Listing {
  /** Those that were added by name, then those of the registry in its own order. */
  names: readonly string[];
  /** False while pages are still coming. */
  complete: boolean;
  /** When the names were given, milliseconds since 1970: they are of an earlier session or before a refresh. */
  asOf?: number;
  /** The sentence of what went wrong; `noCatalog` when the registry has no list to give. */
  failure?: string;
  noCatalog?: boolean;
  /** There is no login that the registry takes. */
  wantsLogin?: boolean;
  /** Its vendor has a list, once it is told whose repositories to list. */
  wantsNamespaces?: boolean;
  /** There are more than a list here may hold. */
  cut?: boolean;
}

/** The registry is asked; pages will be added to `arrived`. */
export function loading(before: Outdated | undefined, arrived: readonly string[]): Loading {
  return { kind: 'loading', arrived, ...(before ? { old: before.old } : {}) };
}

/** The list of an earlier session was read: it is shown where nothing else is there to be shown. */
export function withSaved<T extends Loading | Loaded | Failed>(state: T, saved: DatedNames): T {
  const empty = state.kind !== 'loaded' && state.old === undefined && state.arrived.length === 0;
  return empty && saved.names.length > 0 ? { ...state, old: saved } : state;
}

/** All that the registry has, or as much of it as a list may hold, was given. */
export function loaded(list: DatedNames, cut: boolean): Loaded {
  return { kind: 'loaded', list, cut };
}

/** The registry gave no list, or no more of it. */
export function failed(state: Loading, error: unknown): Failed {
  return { ...state, kind: 'failed', problem: problemOf(error) };
}

/** The list may have changed at the registry. Undefined where nothing is left that could be shown meanwhile. */
export function outdated(state: ListState): Outdated | undefined {
  const old = state.kind === 'loaded' ? state.list : state.old;
  return old && { kind: 'outdated', old };
}

/**
 * With a repository that was pushed to, in its place by name. Undefined where it is there already, or will come: while
 * the first list of a registry is coming, it comes with its page.
 */
export function withRepository<T extends ListState>(state: T, repository: string): T | undefined {
  const names = namesOf(state);
  if (names.includes(repository) || (state.kind === 'loading' && state.old === undefined)) {
    return undefined;
  }
  const before = names.findIndex((name) => name > repository);
  const more = names.toSpliced(before < 0 ? names.length : before, 0, repository);
  if (state.kind === 'loaded') {
    return { ...state, list: { ...state.list, names: more } };
  }
  return state.old ? { ...state, old: { ...state.old, names: more } } : { ...state, arrived: more };
}

/** Whether names of an earlier time are shown. */
export function hasOld(state: ListState): boolean {
  return state.kind !== 'loaded' && state.old !== undefined;
}

/** The names that are shown of it. */
export function namesOf(state: ListState): readonly string[] {
  switch (state.kind) {
    case 'outdated':
      return state.old.names;
    case 'loaded':
      return state.list.names;
    default:
      return state.old?.names ?? state.arrived;
  }
}

/** What is told of a state; `own` are names that stand before those of the registry, each once. */
export function listingOf(state: ListState, own: readonly string[]): Listing {
  const names = namesOf(state);
  const more = own.length > 0 ? own.filter((name) => !names.includes(name)) : [];
  const old = state.kind === 'loaded' ? undefined : state.old;
  return {
    names: more.length > 0 ? [...more, ...names] : names,
    complete: state.kind === 'loaded' || state.kind === 'failed',
    ...(old ? { asOf: old.at } : {}),
    ...(state.kind === 'loaded' && state.cut ? { cut: true } : {}),
    ...(state.kind === 'failed' ? problemFacts(state.problem) : {}),
  };
}

function problemFacts({ sentence, wayOut }: ListProblem): Partial<Listing> {
  return {
    failure: sentence,
    ...(wayOut === 'name' || wayOut === 'namespaces' ? { noCatalog: true } : {}),
    ...(wayOut === 'namespaces' ? { wantsNamespaces: true } : {}),
    ...(wayOut === 'login' ? { wantsLogin: true } : {}),
  };
}

function problemOf(error: unknown): ListProblem {
  const sentence = messageOf(error);
  if (!(error instanceof UserError)) {
    return { sentence };
  }
  if (error.code === 'no-catalog') {
    return { sentence, wayOut: error.actions.length > 0 ? 'namespaces' : 'name' };
  }
  return ['unauthorized', 'login-failed'].includes(error.code) ? { sentence, wayOut: 'login' } : { sentence };
}
