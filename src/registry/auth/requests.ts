// Sends requests with the authorization that the registry asks for, learnt from the challenge of each answer.
import { RegistryError } from '../../model/registries/error.ts';
import { type Answer, isStreamed, type Request } from '../http/message.ts';
import type { Transport } from '../http/transport.ts';
import type { CredentialSource, Credentials, RegistryAddress } from '../types.ts';
import { createAccountCache } from './accountCache.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import { nextTry, type Sent } from './nextTry.ts';
import { checkOrigin, refusalOf } from './refusal.ts';
import { mergeScopes, withAskedScopes } from './tokenScope.ts';
import { basicAuthorization, createTokens } from './tokens.ts';

/**
 * One registry may ask for Basic on its catalog and for Bearer on its repositories (Harbor does),
 * so what was learnt is held by class of resource.
 */
export type Resource = 'base' | 'catalog' | 'repository';

export interface AuthorizedRequest extends Request {
  resource: Resource;
  /** For accounts that are stored by repository, and for scopes. */
  repository?: string;
  /** What the request needs, e.g. `repository:a/b:pull`. */
  scopes: readonly string[];
}

export interface Authorizer {
  /**
   * Resolves to any answer but 401, which only a streamed body gets, since it cannot be sent again. Rejects with
   * `unauthorized`, `login-failed` or `forbidden` when the login is missing, refused or without the right.
   */
  send(request: AuthorizedRequest): Promise<Answer>;
  credentials(repository?: string): Promise<Credentials | undefined>;
  /** Forgets tokens, logins and what was learnt. */
  forget(): void;
}

/** Basic, a stale token, the right scope, and one more: more refusals than this mean no. */
const maxTries = 4;

/** Asks nothing until a request is sent; credentials are looked for when the registry asks for them. */
export function createAuthorizer(
  { host, scheme }: Pick<RegistryAddress, 'host' | 'scheme'>,
  transport: Transport,
  source: CredentialSource,
): Authorizer {
  const tokens = createTokens(host, transport);
  const learnt = new Map<Resource, { challenge: Challenge; from: URL }>();
  const accounts = createAccountCache((repository) => source.find(host, repository, scheme));

  async function bearer(request: AuthorizedRequest, challenge: Challenge, from: URL, scopes: string[]): Promise<Sent> {
    const account = await accounts.of(request.repository);
    if (account?.registryToken !== undefined) {
      return { kind: 'own-token', header: `Bearer ${account.registryToken}` };
    }
    const { realm = '', service } = challenge.params;
    const token = await tokens.get({ realm, service, scopes, from, credentials: account }, request.signal);
    return { kind: 'bearer', header: `Bearer ${token.token}`, token, scopes };
  }

  async function basic(request: AuthorizedRequest): Promise<Sent> {
    const header = basicAuthorization(await accounts.of(request.repository));
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

  /** What to send after a 401; rejects when there is nothing more to try. */
  async function next(request: AuthorizedRequest, answer: Answer, sent: Sent): Promise<Sent> {
    const known = learnt.get(request.resource);
    const challenges = parseChallenges(answer.headers['www-authenticate']);
    const step = nextTry(sent, challenges, known?.challenge, (challenge) => scopesFor(request, challenge));
    if (sent.kind === 'bearer' && !sent.token.fresh) {
      tokens.drop(sent.token);
    }
    if (step.kind === 'renew' && known) {
      return bearer(request, known.challenge, known.from, step.scopes);
    }
    if (step.kind === 'bearer') {
      learnt.set(request.resource, { challenge: step.challenge, from: answer.url });
      return bearer(request, step.challenge, answer.url, step.scopes);
    }
    const authorized: Sent = step.kind === 'basic' ? await basic(request) : { kind: 'none' };
    if (authorized.kind === 'none') {
      throw await refused(request, answer, sent);
    }
    learnt.set(request.resource, { challenge: { scheme: 'basic', params: {} }, from: answer.url });
    return authorized;
  }

  async function refused(request: AuthorizedRequest, answer: Answer, sent: Sent): Promise<RegistryError> {
    const account = (await accounts.of(request.repository)) !== undefined;
    if (sent.kind === 'basic') {
      learnt.delete(request.resource);
    }
    const ask = !account && sent.kind !== 'basic';
    const withheld = ask && (await source.withholds?.(host, request.repository, scheme)) === true;
    return refusalOf({ host, answer, sent, account, withheld });
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
      if (tries === maxTries) {
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
    credentials: accounts.of,
    forget() {
      tokens.clear();
      accounts.clear();
      learnt.clear();
    },
  };
}

function scopesFor({ resource, scopes }: AuthorizedRequest, { params }: Challenge): string[] {
  const asked = params.scope ?? '';
  if (resource === 'repository') {
    return withAskedScopes(scopes, asked);
  }
  return mergeScopes(asked === '' ? scopes : [asked]);
}
