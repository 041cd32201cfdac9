// Sends requests to one registry: a few at once, again after a passing failure, along safe redirects.
import { setMaxListeners } from 'node:events';
import type http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cancelled } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { RegistryError } from '../../model/registries/error.ts';
import { plain } from '../../model/text.ts';
import type { Timeouts } from '../types.ts';
import {
  exchange,
  isStaleConnection,
  type OnStage,
  type ReadPieces,
  type Streamed,
  type TlsOptions,
} from './exchange.ts';
import { isPrivatePlace, samePlace } from './networkGuard.ts';
import { createLimit } from './semaphore.ts';

export interface Request {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: URL;
  headers?: Record<string, string>;
  /** A streamed body can be sent only once: such a request is neither repeated nor redirected. */
  body?: Uint8Array | Streamed;
  /** Takes the body of an answer of status 200 as it comes; the answer's own body is empty then. */
  read?: ReadPieces;
  /** Most bytes of an answer, 8 MB unless given. */
  maxBytes?: number;
  /** Milliseconds until the first byte of the answer, where that takes longer than usual. */
  patience?: number;
  /** False for a body that no other server may see: a redirect is then the answer. */
  follow?: boolean;
  signal: AbortSignal;
}

export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
  /** Where the answer came from, after redirects. */
  url: URL;
}

export interface TransportOptions {
  /** The registry's host as it is known to the person, for errors. */
  host: string;
  /** TLS options for a host with port; only the registry's own host gets its client certificate. */
  tls: (host: string) => Promise<TlsOptions>;
  log: (line: string) => void;
  timeouts?: Partial<Timeouts> | undefined;
  onStage?: OnStage | undefined;
  wait?: ((milliseconds: number, signal: AbortSignal) => Promise<void>) | undefined;
}

export interface Transport {
  send(request: Request): Promise<Answer>;
}

const defaultTimeouts: Timeouts = { connect: 15_000, answer: 90_000, idle: 30_000, body: 120_000 };
const defaultMaxBytes = 8 * 1024 * 1024;
const verified: TlsOptions = { rejectUnauthorized: true };
const mostAtOnce = 6;
const mostRedirects = 5;
const passing = new Set([408, 429, 500, 502, 503, 504]);
/** A person waits: a registry that wants more patience than this gets an error that says when to come back. */
const longestWait = 60_000;

export function createTransport(options: TransportOptions): Transport {
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const wait = options.wait ?? pause;
  const limit = createLimit(mostAtOnce);
  const warned = new Set<string>();

  /** Registries announce changes in `Warning: 299 - "text"`; each text is logged once. */
  function warn(header: string | undefined): void {
    if (header?.startsWith('299') && !warned.has(header) && warned.size < 100) {
      warned.add(header);
      options.log(`${options.host} warns: ${plain(header, 300)}`);
    }
  }

  /** One exchange with its body; the place among the six is given back before any waiting. */
  async function once(request: Request, url: URL, headers: Record<string, string>): Promise<Answer> {
    // Streams take long and come in pairs, so they are limited where they are started.
    const release = isStream(request) ? () => {} : await limit(request.signal);
    const started = performance.now();
    let outcome = 'failed';
    try {
      const answer = await exchange({
        method: request.method,
        url,
        headers: withLength(request, headers),
        ...(request.body === undefined ? {} : { body: request.body }),
        ...(request.read === undefined ? {} : { read: request.read }),
        tls: url.protocol === 'https:' ? await options.tls(url.host) : verified,
        timeouts: request.patience === undefined ? timeouts : { ...timeouts, answer: request.patience },
        maxBytes: request.maxBytes ?? defaultMaxBytes,
        signal: request.signal,
        onStage: options.onStage,
      });
      outcome = String(answer.status);
      warn(answer.headers.warning);
      return { ...answer, url };
    } catch (error) {
      outcome = error instanceof RegistryError ? error.code : error instanceof Cancelled ? 'cancelled' : 'failed';
      throw error;
    } finally {
      release();
      options.log(`${request.method} ${loggable(url)} -> ${outcome} (${Math.round(performance.now() - started)} ms)`);
    }
  }

  async function withRetries(request: Request, url: URL, headers: Record<string, string>): Promise<Answer> {
    const again = request.method === 'GET' || request.method === 'HEAD';
    let waited = 0;
    for (let tries = 1; ; tries += 1) {
      let pauseFor: number | undefined;
      try {
        const answer = await once(request, url, headers);
        pauseFor = again && passing.has(answer.status) ? waitBefore(tries, waited, answer) : undefined;
        if (pauseFor === undefined) {
          return answer;
        }
      } catch (error) {
        // An idle connection that the server closed meanwhile has not carried the request; only POST must not run twice.
        const stale = isStaleConnection(error) && request.method !== 'POST' && request.method !== 'PATCH';
        const lost = again && error instanceof RegistryError && error.code === 'connection-lost';
        if (tries > 1 || isStream(request) || !(stale || lost)) {
          throw error;
        }
        pauseFor = stale ? 0 : 200;
      }
      waited += pauseFor;
      await wait(pauseFor, request.signal);
    }
  }

  return {
    async send(request) {
      // One signal may stop many requests, which is no leak.
      setMaxListeners(0, request.signal);
      let { url } = request;
      let headers = request.headers ?? {};
      for (let hops = 0; ; hops += 1) {
        const answer = await withRetries(request, url, headers);
        const target = redirectOf(request, answer);
        if (target === undefined) {
          return answer;
        }
        if (hops >= mostRedirects) {
          throw unsafe(options.host, t('{0} redirects the request without end. Check the address.', options.host));
        }
        checkRedirect(options.host, url, target);
        if (!samePlace(url, target)) {
          headers = withoutAuthorization(headers);
        }
        url = target;
      }
    },
  };
}

/** Milliseconds that an answer asks to wait, from `Retry-After` as seconds or as a date. */
export function retryAfterOf(headers: http.IncomingHttpHeaders, now = Date.now()): number | undefined {
  const value = headers['retry-after']?.trim();
  if (!value) {
    return undefined;
  }
  const wanted = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(wanted) ? undefined : Math.max(0, wanted);
}

/** Undefined when trying again is of no use: too many tries, or too long a wait. */
function waitBefore(tries: number, waited: number, answer: Answer): number | undefined {
  const limited = answer.status === 429;
  const most = answer.status === 500 ? 1 : limited ? 4 : 2;
  const wanted = retryAfterOf(answer.headers) ?? (limited ? 2000 : 300) * 2 ** (tries - 1);
  return tries > most || waited + wanted > longestWait ? undefined : wanted;
}

/** Whether a body is sent or taken as a stream. */
function isStream({ body, read }: Request): boolean {
  return read !== undefined || isStreamed(body);
}

export function isStreamed(body: Request['body']): body is Streamed {
  return body !== undefined && !(body instanceof Uint8Array);
}

function redirectOf(request: Request, answer: Answer): URL | undefined {
  const { location } = answer.headers;
  const follows =
    request.method === 'GET' || request.method === 'HEAD'
      ? [301, 302, 303, 307, 308].includes(answer.status)
      : [307, 308].includes(answer.status);
  if (
    !follows ||
    request.follow === false ||
    isStreamed(request.body) ||
    location === undefined ||
    !URL.canParse(location, answer.url.href)
  ) {
    return undefined;
  }
  return new URL(location, answer.url);
}

/** No step from https down to http, and no step from the public network into this machine or its network. */
function checkRedirect(host: string, from: URL, to: URL): void {
  if (to.protocol !== 'https:' && to.protocol !== 'http:') {
    throw unsafe(
      host,
      t('{0} redirects the request to an address that is not a web address. Tell the owner of the registry.', host),
    );
  }
  if (from.protocol === 'https:' && to.protocol === 'http:') {
    throw unsafe(
      host,
      t(
        '{0} redirects the request to plain http at {1}, which is not safe. Tell the owner of the registry.',
        host,
        to.host,
      ),
    );
  }
  if (isPrivatePlace(to.hostname, from.hostname)) {
    throw unsafe(host, t('{0} redirects the request to the private address {1}, which is refused.', host, to.host));
  }
}

function unsafe(host: string, sentence: string): RegistryError {
  return new RegistryError('unsafe-redirect', sentence, { host });
}

function withoutAuthorization(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization'));
}

function withLength(request: Request, headers: Record<string, string>): Record<string, string> {
  const { body, method } = request;
  const length = isStreamed(body)
    ? undefined
    : (body?.length ?? (method === 'POST' || method === 'PUT' ? 0 : undefined));
  return {
    'User-Agent': 'docknotes',
    ...headers,
    ...(length === undefined ? {} : { 'Content-Length': String(length) }),
  };
}

/** A query may hold an account or an upload's secret state: only the paging parameters are written. */
function loggable(url: URL): string {
  const kept = ['n', 'last'].filter((name) => url.searchParams.has(name));
  return `${url.origin}${url.pathname}${kept.length > 0 ? `?${kept.map((name) => `${name}=${url.searchParams.get(name)}`).join('&')}` : ''}`;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => {
    throw new Cancelled();
  });
}
