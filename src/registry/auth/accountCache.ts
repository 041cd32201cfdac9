// The login for each repository, held for a while: credential helpers are programs, and starting one takes time.
import type { Credentials } from '../types.ts';

export interface AccountCache {
  /** The login that was found; the registry's own without a repository. Rejects as `find` does, and then asks anew. */
  of(repository?: string): Promise<Credentials | undefined>;
  /** Looks again the next time, after sign in, sign out or a refusal. */
  clear(): void;
}

/** Milliseconds; a login in a terminal is seen after that at the latest. */
const lifetime = 60_000;
const maxAccounts = 1000;

/** Asks nothing until it is asked. */
export function createAccountCache(
  find: (repository: string | undefined) => Promise<Credentials | undefined>,
  now: () => number = Date.now,
): AccountCache {
  const accounts = new Map<string, { at: number; found: Promise<Credentials | undefined> }>();
  return {
    of(repository = '') {
      const known = accounts.get(repository);
      if (known && now() - known.at < lifetime) {
        return known.found;
      }
      if (accounts.size > maxAccounts) {
        accounts.clear();
      }
      const found = find(repository || undefined);
      accounts.set(repository, { at: now(), found });
      found.catch(() => accounts.delete(repository));
      return found;
    },
    clear: () => accounts.clear(),
  };
}
