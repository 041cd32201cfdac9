// Walks through a list of names page by page, with guards against servers whose list never ends.
import { RegistryError } from '../../model/registries/error.ts';
import { nextPage, rebased } from '../http/link.ts';
import type { Answer } from '../http/message.ts';
import { tooManyNames } from '../http/problems.ts';

/** Where a list ends even if the registry has more: names, their characters, and pages, however few names each has. */
const maxNames = { repositories: 200_000, tags: 100_000 };
const maxCharacters = 16 * 1024 * 1024;
const maxPages = 2000;

export interface PageOptions {
  /** First URL for a page size; undefined leaves the size to the registry. */
  first(size: number | undefined): URL;
  /** What the registry's address is, for links that lead elsewhere. */
  base: URL;
  /** The size that was accepted last time; the ladder is 1000, 100, the registry's own. */
  size: { accepted?: number | 'own' };
  /** Rejects for every status but 200. */
  ask(url: URL): Promise<Answer>;
  /** The names on one page; throws when the answer is not such a page. */
  names(answer: Answer): string[];
}

/** Registries answer 400 or 405 to a page size that they do not like; ECR says UNSUPPORTED. */
const refusesSize = new Set([400, 405, 422]);

/**
 * Yields pages of names that were not there before. Ends at a page without a link, with a link that was followed already,
 * without names, or without a new name: some registries send a link for ever, others start again at the first page.
 */
export async function* pages(options: PageOptions): AsyncGenerator<string[], void, void> {
  const seen = new Set<string>();
  const followed = new Set<string>();
  let answer = await firstPage(options);
  for (;;) {
    const fresh = options.names(answer).filter((name) => !seen.has(name) && seen.add(name));
    if (fresh.length === 0) {
      return;
    }
    const next = nextPage(answer.url, answer.headers.link, options.base);
    yield fresh;
    if (next === undefined || followed.has(next.href)) {
      return;
    }
    followed.add(next.href);
    answer = await askOrRebase(options, next);
  }
}

/**
 * Gives the pages of a list as far as a list may go, and rejects with `too-many-names` behind that, so that nobody takes
 * the beginning for the whole.
 */
export async function* bounded(
  host: string,
  kind: keyof typeof maxNames,
  pages: AsyncIterable<string[]>,
): AsyncGenerator<string[], void, void> {
  const left = { names: maxNames[kind], characters: maxCharacters, pages: maxPages };
  for await (const page of pages) {
    const taken = page.slice(0, left.names);
    left.names -= page.length;
    left.characters -= page.reduce((sum, { length }) => sum + length, 0);
    left.pages -= 1;
    yield taken;
    if (left.names < 0 || left.characters < 0 || left.pages < 0) {
      throw tooManyNames(host);
    }
  }
}

async function firstPage(options: PageOptions): Promise<Answer> {
  const ladder = options.size.accepted === undefined ? ([1000, 100, 'own'] as const) : [options.size.accepted];
  for (const size of ladder) {
    try {
      const answer = await options.ask(options.first(size === 'own' ? undefined : size));
      options.size.accepted = size;
      return answer;
    } catch (error) {
      const mayHelp = error instanceof RegistryError && refusesSize.has(error.status ?? 0) && size !== ladder.at(-1);
      if (!mayHelp) {
        throw error;
      }
    }
  }
  throw new RangeError('the ladder of page sizes is empty');
}

/** A link may name a path that only the registry behind a proxy knows: then its `/v2/` part is tried under our address. */
async function askOrRebase(options: PageOptions, url: URL): Promise<Answer> {
  try {
    return await options.ask(url);
  } catch (error) {
    const own = rebased(url, options.base);
    const mayHelp =
      error instanceof RegistryError && error.status !== undefined && error.status >= 400 && error.status < 500;
    if (!mayHelp || own === undefined || own.href === url.href) {
      throw error;
    }
    return await options.ask(own);
  }
}
