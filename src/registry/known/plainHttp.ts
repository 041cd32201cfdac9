// For which hosts a person chose plain http, over which logins of other programs are sent only where that was chosen.
import type { SavedRegistries } from './stored/addresses.ts';

export interface PlainHttp {
  /** Whether the host was added over plain http, or is being added so. */
  isAgreed(host: string): boolean;
  /** Runs `work` while the host counts as agreed to, although nothing is saved of it yet; undefined changes nothing. */
  agreeing<T>(host: string | undefined, work: () => Promise<T>): Promise<T>;
}

/** Reads `saved` at each question, so that it holds for what another window adds as well. Throws nothing of its own. */
export function createPlainHttp(saved: Pick<SavedRegistries, 'list'>): PlainHttp {
  const meanwhile = new Set<string>();
  return {
    isAgreed: (host) =>
      meanwhile.has(host) || saved.list().some((entry) => entry.host === host && entry.scheme === 'http'),
    async agreeing(host, work) {
      if (host === undefined) {
        return work();
      }
      meanwhile.add(host);
      try {
        return await work();
      } finally {
        meanwhile.delete(host);
      }
    },
  };
}
