// Sends requests with the authorization that the registry asks for, learnt from the challenge of each answer.
import { t } from '../../model/l10n.ts';
import { RegistryError } from '../../model/registries/error.ts';
import { samePlace } from '../http/networkGuard.ts';
import { statusProblem } from '../http/problems.ts';
import { wordsOf } from '../http/serverText.ts';
import { type Answer, isStreamed, type Request, type Transport } from '../http/transport.ts';
import type { CredentialSource, Credentials, RegistryAddress } from '../types.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import { coversScopes, mergeScopes } from './tokenScope.ts';
import { type AccessToken, basicAuthorization, createTokens } from './tokens.ts';

/**
 * One registry may ask for Basic on its catalog and for Bearer on its repositories (Harbor does),
 * so what was learnt is kept by class of resource.
 */
export type Resource = 'base' | 'catalog' | 'repository';

export interface AuthorizedRequest extends Request {
  resource: Resource;
  /** For accounts that are kept by repository, and for scopes. */
  repository?: string;
  /** What the request needs, e.g. `repository:a/b:pull`. */
  scopes: readonly string[];
}

export interface Authorizer {
  /** Resolves to any answer but 401 (which only a streamed body gets, since it cannot be sent again); rejects when the login is missing, refused or without the right. */
  send(request: AuthorizedRequest): Promise<Answer>;
  credentials(repository?: string): Promise<Credentials | undefined>;
  forget(): void;
}

/** How a request was authorized, to judge the refusal that may follow. */
type Sent =
  | { kind: 'none' }
  | { kind: 'basic'; header: string }
  | { kind: 'bearer'; header: string; token: AccessToken & { fresh: boolean }; scopes: string[] }
  | { kind: 'own-token'; header: string };

/** Basic, a stale token, the right scope, and one more: more refusals than this mean no. */
const mostTries = 4;
/** Helpers are programs, so their answer is kept for a while; a login in a terminal is seen after that, or after a refusal. */
const credentialsKept = 60_000;

export function createAuthorizer(
  { host, scheme }: Pick<RegistryAddress, 'host' | 'scheme'>,
  transport: Transport,
  source: CredentialSource,
): Authorizer {
  const tokens = createTokens(host, transport);
  const learnt = new Map<Resource, { challenge: Challenge; from: URL }>();
  const accounts = new Map<string, { at: number; found: Promise<Credentials | undefined> }>();

  function credentials(repository = ''): Promise<Credentials | undefined> {
    const known = accounts.get(repository);
    if (known && Date.now() - known.at < credentialsKept) {
      return known.found;
    }
    if (accounts.size > 1000) {
      accounts.clear();
    }
    const found = source.find(host, repository || undefined, scheme);
    accounts.set(repository, { at: Date.now(), found });
    found.catch(() => accounts.delete(repository));
    return found;
  }

  async function bearer(request: AuthorizedRequest, challenge: Challenge, from: URL, scopes: string[]): Promise<Sent> {
    const account = await credentials(request.repository);
    if (account?.registryToken !== undefined) {
      return { kind: 'own-token', header: `Bearer ${account.registryToken}` };
    }
    const { realm = '', service } = challenge.params;
    const token = await tokens.get({ realm, service, scopes, from, credentials: account }, request.signal);
    return { kind: 'bearer', header: `Bearer ${token.token}`, token, scopes };
  }

  async function basic(request: AuthorizedRequest): Promise<Sent> {
    const header = basicAuthorization(await credentials(request.repository));
    return header === undefined ? { kind: 'none' } : { kind: 'basic', header };
  }

  /** The first try uses what this class of resource asked for last time. */
  async function expected(request: AuthorizedRequest): Promise<Sent> {
    const known = learnt.get(request.resource);
    if (known === undefined) {
      return { kind: 'none' };
    }
    return known.challenge.scheme === 'basic'
      ? basic(request)
      : bearer(request, known.challenge, known.from, scopesFor(request, known.challenge));
  }

  /** What to send after a 401; throws when there is nothing more to try. */
  async function next(request: AuthorizedRequest, answer: Answer, sent: Sent): Promise<Sent> {
    const challenges = parseChallenges(answer.headers['www-authenticate']);
    const asked = challenges.find(({ scheme, params }) => scheme === 'bearer' && params.realm);
    if (sent.kind === 'bearer' && !sent.token.fresh) {
      // The token may have ended early. Harbor answers Basic then, so this comes before the challenge.
      tokens.drop(sent.token);
      const known = learnt.get(request.resource);
      if (known?.challenge.scheme === 'bearer') {
        return bearer(request, known.challenge, known.from, sent.scopes);
      }
    }
    if (asked !== undefined) {
      const scopes = scopesFor(request, asked);
      if (
        sent.kind === 'own-token' ||
        (sent.kind === 'bearer' && sent.token.fresh && coversScopes(sent.scopes, scopes))
      ) {
        throw await refused(request, answer, sent);
      }
      learnt.set(request.resource, { challenge: asked, from: answer.url });
      return bearer(request, asked, answer.url, scopes);
    }
    if (challenges.some(({ scheme }) => scheme === 'basic') && sent.kind !== 'basic') {
      const authorized = await basic(request);
      if (authorized.kind === 'basic') {
        learnt.set(request.resource, { challenge: { scheme: 'basic', params: {} }, from: answer.url });
        return authorized;
      }
    }
    throw await refused(request, answer, sent);
  }

  async function refused(request: AuthorizedRequest, answer: Answer, sent: Sent): Promise<RegistryError> {
    const account = await credentials(request.repository);
    const details = { host, status: answer.status, words: wordsOf(answer.body) };
    if (sent.kind === 'basic') {
      learnt.delete(request.resource);
      return new RegistryError(
        'login-failed',
        t('{0} refuses the login. Check the name and the password or token, then sign in again.', host),
        details,
      );
    }
    if (sent.kind !== 'none' && account !== undefined) {
      return statusProblem(host, 403, answer.body);
    }
    if (account === undefined && (await source.withholds?.(host, request.repository, scheme))) {
      return new RegistryError(
        'unauthorized',
        t(
          '{0} wants a login. The one that is known is for https and is not sent over plain http, where others can read it. Sign in anew if you trust the network in between, or write https:// before the address.',
          host,
        ),
        details,
      );
    }
    return account === undefined
      ? statusProblem(host, 401, answer.body)
      : new RegistryError(
          'login-failed',
          t(
            '{0} asks for a kind of login that the stored credentials cannot give. Sign in again with a name and a password.',
            host,
          ),
          details,
        );
  }

  async function send(request: AuthorizedRequest): Promise<Answer> {
    let sent = await expected(request);
    for (let tries = 1; ; tries += 1) {
      const headers = { ...request.headers, ...(sent.kind === 'none' ? {} : { Authorization: sent.header }) };
      const answer = await transport.send({ ...request, headers });
      if (answer.status !== 401 || isStreamed(request.body)) {
        return answer;
      }
      checkOrigin(host, request.url, answer);
      if (tries === mostTries) {
        throw await refused(request, answer, sent);
      }
      sent = await next(request, answer, sent);
    }
  }

  return {
    async send(request) {
      try {
        return await send(request);
      } catch (error) {
        if (error instanceof RegistryError && (error.code === 'login-failed' || error.code === 'unauthorized')) {
          // The person may sign in elsewhere meanwhile: the next request looks again.
          accounts.clear();
        }
        throw error;
      }
    },
    credentials,
    forget() {
      tokens.clear();
      accounts.clear();
      learnt.clear();
    },
  };
}

/** A server that we were sent on to may not ask for the login of the registry, nor name a token server for it. */
function checkOrigin(host: string, asked: URL, answer: Answer): void {
  if (samePlace(asked, answer.url)) {
    return;
  }
  throw asked.hostname === answer.url.hostname && answer.url.protocol === 'https:' && asked.protocol === 'http:'
    ? new RegistryError(
        'tls-required',
        t('{0} expects https, not plain http. Write https:// before its address.', host),
        { host, status: 401 },
      )
    : new RegistryError(
        'unsafe-redirect',
        t(
          '{0} redirects the request to {1}, which asks for a login of its own. The login was not sent.',
          host,
          answer.url.host,
        ),
        {
          host,
          status: 401,
        },
      );
}

/**
 * Our own knowledge of what a repository request needs comes first; the challenge's scope is added when it is about the same
 * thing. GHCR and others name a placeholder repository where they cannot know.
 */
function scopesFor(request: AuthorizedRequest, challenge: Challenge): string[] {
  const asked = challenge.params.scope ?? '';
  if (request.resource !== 'repository') {
    return mergeScopes(asked === '' ? request.scopes : [asked]);
  }
  const own = mergeScopes(request.scopes);
  const names = own.map((scope) => scope.slice(0, scope.lastIndexOf(':') + 1));
  return mergeScopes([...own, ...asked.split(/\s+/).filter((scope) => names.some((name) => scope.startsWith(name)))]);
}
