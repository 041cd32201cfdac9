// What the parts of a registry client (lists, referrers, removal) share.
import type { Answer, Request } from '../http/transport.ts';

export interface Session {
  readonly host: string;
  /** Ends with a slash. */
  readonly base: URL;
  /** `/v2/…` under the base, with a query. */
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
  /** The answer when its status is 200 and the like; rejects with what it means otherwise. */
  expect(answer: Answer, ...statuses: number[]): Answer;
}

/** Whether a name from outside can stand in a path without leading elsewhere. Upper case passes: some registries list it. */
export function isPathSafe(name: string): boolean {
  return (
    name.length <= 512 && name.split('/').every((part) => /^[\w.:+-]+$/.test(part) && part !== '.' && part !== '..')
  );
}
