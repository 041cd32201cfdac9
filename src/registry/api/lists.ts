// The lists of repositories and of tags.
import { t } from '../../model/l10n.ts';
import { dockerHub } from '../../model/reference.ts';
import { RegistryError } from '../../model/registries/error.ts';
import { parseJson } from '../http/jsonBody.ts';
import type { Answer } from '../http/message.ts';
import { isPathSafe } from '../http/pathName.ts';
import { badAnswer, notARegistry, notJson } from '../http/problems.ts';
import { type PageOptions, pages } from './paging.ts';
import type { Session } from './session.ts';

/** A catalog may not be there, or not be for this account: then repositories are added by name. */
export async function* listRepositories(
  session: Session,
  size: PageOptions['size'],
  signal: AbortSignal,
): AsyncGenerator<string[], void, void> {
  const { host } = session;
  if (host === dockerHub) {
    throw noCatalog(host, undefined);
  }
  try {
    yield* pages({
      base: session.base,
      size,
      first: (count) => session.url('_catalog', queryOf(count)),
      ask: async (url) => session.expect(await session.catalog(url, signal), 200),
      names: (answer) => namesIn(host, answer, 'repositories'),
    });
  } catch (error) {
    throw error instanceof RegistryError ? explainCatalog(host, error) : error;
  }
}

/** The tags of one repository. Registries answer `null` when the last one is gone. */
export function listTags(
  session: Session,
  repository: string,
  size: PageOptions['size'],
  signal: AbortSignal,
): AsyncGenerator<string[], void, void> {
  return pages({
    base: session.base,
    size,
    first: (count) => session.url(`${repository}/tags/list`, queryOf(count)),
    ask: async (url) =>
      session.expect(await session.repository(repository, ['pull'], { method: 'GET', url }, signal), 200),
    names: (answer) => namesIn(session.host, answer, 'tags'),
  });
}

function queryOf(count: number | undefined): Record<string, string> {
  return count === undefined ? {} : { n: String(count) };
}

/** The names on a page; entries that are no names are left out, so that the others still show. */
function namesIn(host: string, answer: Answer, field: 'repositories' | 'tags'): string[] {
  let page: Record<string, unknown>;
  try {
    page = parseJson(answer.body);
  } catch {
    // The type of the answer is not asked: ECR has sent JSON as text/plain.
    throw /^\s*</.test(answer.body.subarray(0, 100).toString())
      ? notARegistry(host, answer.status, answer.body)
      : notJson(host, answer.body);
  }
  const list = page[field];
  if (list !== null && list !== undefined && !Array.isArray(list)) {
    throw badAnswer(host, t('{0} answered without a list of {1}. Tell the owner of the registry.', host, field));
  }
  return (list ?? []).filter((name): name is string => typeof name === 'string' && isPathSafe(name));
}

function explainCatalog(host: string, error: RegistryError): RegistryError {
  if (error.code === 'not-found' || error.code === 'unsupported') {
    return noCatalog(host, error);
  }
  if (error.code === 'forbidden') {
    return new RegistryError(
      'no-catalog',
      t(
        '{0} does not let this account list its repositories. Add a repository by its name, or sign in with another account.',
        host,
      ),
      { host, status: error.status, words: error.words, cause: error },
    );
  }
  return error;
}

function noCatalog(host: string, cause: RegistryError | undefined): RegistryError {
  return new RegistryError(
    'no-catalog',
    t('{0} has no list of its repositories. Add a repository by its name.', host),
    {
      host,
      status: cause?.status,
      words: cause?.words,
      cause,
    },
  );
}
