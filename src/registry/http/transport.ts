// Sends requests to one registry: a few at once, again after a passing failure, along safe redirects.
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cancelled } from '../../model/errors.ts';
import { RegistryError } from '../../model/registries/error.ts';
import { plain } from '../../model/text.ts';
import type { Timeouts } from '../types.ts';
import { exchange, type OnStage, type TlsOptions } from './exchange.ts';
import { type Answer, isStream, isStreamed, type Request } from './message.ts';
import { type Redirected, redirected } from './redirect.ts';
import { waitAfterAnswer, waitAfterFailure } from './retry.ts';
import { createSemaphore } from './semaphore.ts';

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
  /** Resolves to the answer at the end of all redirects. */
  send(request: Request): Promise<Answer>;
}

const defaultTimeouts: Timeouts = { connect: 15_000, answer: 90_000, idle: 30_000, body: 120_000 };
const defaultMaxBytes = 8 * 1024 * 1024;
const verified: TlsOptions = { rejectUnauthorized: true };
const maxConcurrent = 6;

/**
 * Asks nothing by itself. `send` rejects with a RegistryError, or with Cancelled when the signal was aborted; an answer of any
 * status resolves.
 */
export function createTransport(options: TransportOptions): Transport {
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const wait = options.wait ?? pause;
  const semaphore = createSemaphore(maxConcurrent);
  const warned = new Set<string>();

  /** Registries announce changes in `Warning: 299 - "text"`; each text is logged once. */
  function warn(header: string | undefined): void {
    if (header?.startsWith('299') && !warned.has(header) && warned.size < 100) {
      warned.add(header);
      options.log(`${options.host} warns: ${plain(header, 300)}`);
    }
  }

  /** One exchange with its body; the place among the six is given back before any waiting. */
  async function once(request: Request, { url, headers }: Redirected): Promise<Answer> {
    // Streams take long and come in pairs, so they are limited where they are started.
    const release = isStream(request) ? () => {} : await semaphore(request.signal);
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

  return {
    async send(request) {
      // One signal may stop many requests, which is no leak.
      setMaxListeners(0, request.signal);
      let next: Redirected = { url: request.url, headers: request.headers ?? {} };
      for (let hops = 0; ; hops += 1) {
        const answer = await repeated(request, () => once(request, next), wait);
        const further = redirected(options.host, request, next, answer, hops);
        if (further === undefined) {
          return answer;
        }
        next = further;
      }
    },
  };
}

/** Sends a request again, after a wait, as often as that may help. */
async function repeated(
  request: Request,
  once: () => Promise<Answer>,
  wait: (milliseconds: number, signal: AbortSignal) => Promise<void>,
): Promise<Answer> {
  let waited = 0;
  for (let tries = 1; ; tries += 1) {
    let pauseFor: number | undefined;
    try {
      const answer = await once();
      pauseFor = waitAfterAnswer(request, answer, tries, waited);
      if (pauseFor === undefined) {
        return answer;
      }
    } catch (error) {
      pauseFor = isStream(request) ? undefined : waitAfterFailure(request, error, tries);
      if (pauseFor === undefined) {
        throw error;
      }
    }
    waited += pauseFor;
    await wait(pauseFor, request.signal);
  }
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
  const shown = ['n', 'last'].filter((name) => url.searchParams.has(name));
  return `${url.origin}${url.pathname}${shown.length > 0 ? `?${shown.map((name) => `${name}=${url.searchParams.get(name)}`).join('&')}` : ''}`;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => {
    throw new Cancelled();
  });
}
