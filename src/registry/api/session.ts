// Requests to one registry, as the parts of its client (lists, images, referrers, removal, uploads) make them.
import { t } from '../../model/l10n.ts';
import { RegistryError } from '../../model/registries/error.ts';
import { plain } from '../../model/text.ts';
import type { Authorizer } from '../auth/requests.ts';
import { repositoryScope } from '../auth/tokenScope.ts';
import type { Answer, Request } from '../http/message.ts';
import { isPathSafe } from '../http/pathName.ts';
import { notARegistry, statusProblem } from '../http/problems.ts';
import { retryAfterOf } from '../http/retry.ts';

export interface Session {
  readonly host: string;
  /** Ends with a slash. */
  readonly base: URL;
  /** `/v2/…` under the base, with a query. Throws `not-found` for a name that would lead elsewhere. */
  url(path: string, query?: Record<string, string>): URL;
  /** Resolves to any answer but 401, with the authorization that the registry asked for. */
  repository(
    repository: string,
    actions: readonly ('pull' | 'push' | 'delete')[],
    request: Omit<Request, 'signal'> & {
      /** A second repository that must be readable, for a mount. */
      pullFrom?: string;
    },
    signal: AbortSignal,
  ): Promise<Answer>;
  catalog(url: URL, signal: AbortSignal): Promise<Answer>;
  /** The answer when its status is one of these; throws what it means otherwise. */
  expect(answer: Answer, ...statuses: number[]): Answer;
}

/** Most bytes of one page of a list. */
const maxListBytes = 8 * 1024 * 1024;

/** Asks nothing by itself. Its promises reject as the authorizer's do. */
export function createSession(host: string, base: URL, authorizer: Pick<Authorizer, 'send'>): Session {
  return {
    host,
    base,
    url(path, query = {}) {
      if (path !== '' && !isPathSafe(path.replace(/\/$/, ''))) {
        const sentence = t('"{0}" is not a name that {1} can have.', plain(path, 100), host);
        throw new RegistryError('not-found', sentence, { host });
      }
      const url = new URL(`v2/${path}`, base);
      url.search = new URLSearchParams(query).toString();
      return url;
    },
    repository: (repository, actions, { pullFrom, ...request }, signal) =>
      authorizer.send({
        ...request,
        signal,
        resource: 'repository',
        repository,
        scopes: [
          repositoryScope(repository, ...actions),
          ...(pullFrom === undefined ? [] : [repositoryScope(pullFrom, 'pull')]),
        ],
      }),
    catalog: (url, signal) =>
      authorizer.send({
        method: 'GET',
        url,
        signal,
        maxBytes: maxListBytes,
        resource: 'catalog',
        scopes: ['registry:catalog:*'],
      }),
    expect(answer, ...statuses) {
      if (!statuses.includes(answer.status)) {
        throw answer.status < 400
          ? notARegistry(host, answer.status, answer.body)
          : statusProblem(host, answer.status, answer.body, retryAfterOf(answer.headers));
      }
      return answer;
    },
  };
}
