// Gets access tokens from the token server that a Bearer challenge names, and keeps them while they are good.
// https://distribution.github.io/distribution/spec/auth/token/ and …/oauth/
import { t } from '../../model/l10n.ts';
import { RegistryError } from '../../model/registries/error.ts';
import { plain } from '../../model/text.ts';
import { parseJson } from '../http/jsonBody.ts';
import type { Answer } from '../http/message.ts';
import { isPrivateAddress } from '../http/networkGuard.ts';
import { wordsOf } from '../http/serverText.ts';
import { createSingleFlight } from '../http/singleFlight.ts';
import type { Transport } from '../http/transport.ts';
import type { Credentials } from '../types.ts';
import { mergeScopes } from './tokenScope.ts';

export interface TokenRequest {
  /** From the challenge; may be relative to the answer that carried it. */
  realm: string;
  service: string | undefined;
  scopes: readonly string[];
  /** Where the challenge came from. */
  from: URL;
  credentials: Credentials | undefined;
}

export interface AccessToken {
  key: string;
  token: string;
  /** Good until then: milliseconds since 1970. */
  renewAt: number;
}

export interface Tokens {
  get(request: TokenRequest, signal: AbortSignal): Promise<AccessToken & { fresh: boolean }>;
  /** Takes a token out that was refused; one that came after it stays. */
  drop(token: AccessToken): void;
  clear(): void;
}

const clientId = 'docknotes';
const maxAnswerBytes = 64 * 1024;
/** The specification lets servers leave the lifetime out, and tells clients to expect at least this many seconds. */
const minLifetime = 60;
const renewEarly = 5000;

/**
 * Tokens for one registry; nothing is asked until one is needed, and who needs the same at the same time shares one request.
 * `get` rejects with `unsafe-realm`, `login-failed`, `unauthorized` or `token-server`, or as the transport does. `now` gives
 * milliseconds since 1970.
 */
export function createTokens(host: string, transport: Transport, now: () => number = Date.now): Tokens {
  const cache = new Map<string, AccessToken>();
  const shareToken = createSingleFlight<AccessToken>();

  return {
    async get(request, signal) {
      const realm = checkedRealm(host, request);
      const scopes = mergeScopes(request.scopes);
      const account = accountOf(request.credentials);
      const key = JSON.stringify([realm.href, request.service ?? '', account, [...scopes].sort()]);
      const known = cache.get(key);
      if (known && known.renewAt > now()) {
        return { ...known, fresh: false };
      }
      const token = await shareToken(key, signal, async (shared) => {
        const answer = await ask(host, transport, realm, { ...request, scopes }, shared);
        const read = readToken(host, realm.host, answer, now());
        cache.set(key, { key, ...read });
        return { key, ...read };
      });
      return { ...token, fresh: true };
    },
    drop({ key, token }) {
      if (cache.get(key)?.token === token) {
        cache.delete(key);
      }
    },
    clear: () => cache.clear(),
  };
}

/** Who asks, for the cache: the same name with another password is another account until both have been tried. */
function accountOf(credentials: Credentials | undefined): string {
  return credentials === undefined ? '' : `${credentials.username ?? ''} ${credentials.source}`;
}

/**
 * The token server's address, if credentials may go there: https when the registry speaks https,
 * and no literal address inside this machine or its network unless the registry is there too.
 */
function checkedRealm(host: string, { realm, from }: TokenRequest): URL {
  const refuse = (sentence: string) => new RegistryError('unsafe-realm', sentence, { host });
  if (!URL.canParse(realm, from.href)) {
    throw refuse(t('{0} names a token server whose address cannot be read: {1}.', host, plain(realm, 200)));
  }
  const url = new URL(realm, from);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw refuse(t('{0} names a token server whose address cannot be read: {1}.', host, plain(realm, 200)));
  }
  if (url.protocol === 'http:' && from.protocol === 'https:') {
    throw refuse(
      t(
        '{0} wants the login sent over plain http to {1}, which is refused. Tell the owner of the registry.',
        host,
        url.host,
      ),
    );
  }
  if (isPrivateAddress(url.hostname, from.hostname)) {
    throw refuse(t('{0} wants the login sent to the private address {1}, which is refused.', host, url.host));
  }
  url.username = '';
  url.password = '';
  url.hash = '';
  return url;
}

async function ask(
  host: string,
  transport: Transport,
  realm: URL,
  request: TokenRequest,
  signal: AbortSignal,
): Promise<Answer> {
  const { credentials } = request;
  if (credentials?.identityToken !== undefined) {
    const answer = await askByPost(transport, realm, request, credentials.identityToken, signal);
    if (answer.status !== 404 && answer.status !== 405) {
      return checked(host, realm.host, answer, true);
    }
  }
  const url = new URL(realm);
  if (request.service !== undefined) {
    url.searchParams.set('service', request.service);
  }
  for (const scope of request.scopes) {
    url.searchParams.append('scope', scope);
  }
  url.searchParams.set('client_id', clientId);
  const basic = basicAuthorization(credentials);
  if (basic !== undefined && credentials?.username !== undefined) {
    url.searchParams.set('account', credentials.username);
  }
  const headers: Record<string, string> = {
    Accept: 'application/json',
    ...(basic === undefined ? {} : { Authorization: basic }),
  };
  return checked(
    host,
    realm.host,
    await transport.send({ method: 'GET', url, headers, maxBytes: maxAnswerBytes, signal }),
    basic !== undefined,
  );
}

/** Identity tokens are exchanged by an OAuth form; 404 and 405 mean that the server knows the older way only. */
function askByPost(
  transport: Transport,
  realm: URL,
  request: TokenRequest,
  refreshToken: string,
  signal: AbortSignal,
): Promise<Answer> {
  const form = new URLSearchParams({ grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken });
  if (request.service !== undefined) {
    form.set('service', request.service);
  }
  if (request.scopes.length > 0) {
    form.set('scope', request.scopes.join(' '));
  }
  return transport.send({
    method: 'POST',
    url: realm,
    headers: { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(form.toString()),
    maxBytes: maxAnswerBytes,
    follow: false,
    signal,
  });
}

/** `Basic …`, or undefined when there is no name and password: an empty pair is never sent. */
export function basicAuthorization(credentials: Credentials | undefined): string | undefined {
  return credentials?.username && credentials.password !== undefined
    ? `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`
    : undefined;
}

function checked(host: string, server: string, answer: Answer, withCredentials: boolean): Answer {
  if (answer.status === 200) {
    return answer;
  }
  const words = wordsOf(answer.body);
  const details = { host, status: answer.status, words };
  if (answer.status === 400 || answer.status === 401 || answer.status === 403) {
    throw withCredentials
      ? new RegistryError(
          'login-failed',
          t('{0} refuses the login. Check the name and the password or token, then sign in again.', host),
          details,
        )
      : new RegistryError('unauthorized', t('{0} wants a login. Sign in to this registry.', host), details);
  }
  throw new RegistryError(
    'token-server',
    t('The token server {0} of {1} failed with status {2}. Try again later.', server, host, answer.status),
    details,
  );
}

/** `token` and `access_token` mean the same; lifetime and time of issue are often missing or wrong. */
function readToken(host: string, server: string, answer: Answer, now: number): { token: string; renewAt: number } {
  const fields = parseRecord(answer.body);
  const token = [fields.token, fields.access_token].find(
    (value) => typeof value === 'string' && /^[\x21-\x7e]+$/.test(value),
  );
  if (typeof token !== 'string') {
    throw new RegistryError(
      'token-server',
      t('The token server {0} of {1} answered without a token. Tell the owner of the registry.', server, host),
      {
        host,
        status: answer.status,
      },
    );
  }
  const lifetime = Math.max(minLifetime, Number(fields.expires_in) || 0) * 1000;
  const issued = typeof fields.issued_at === 'string' ? Date.parse(fields.issued_at) : Number.NaN;
  const start = issued <= now && issued + lifetime > now ? issued : now;
  return { token, renewAt: start + lifetime - renewEarly };
}

function parseRecord(body: Uint8Array): Record<string, unknown> {
  try {
    return parseJson(body);
  } catch {
    return {};
  }
}
