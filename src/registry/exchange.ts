// One HTTP request and its answer: no redirects, no retries, but every way to hang or to flood is bounded.
import http from 'node:http';
import https from 'node:https';
import { Cancelled, messageOf } from '../model/errors.ts';
import { t } from '../model/l10n.ts';
import { RegistryError } from '../model/registryError.ts';
import { plain } from '../model/text.ts';
import { connectionProblem, timeoutProblem, tooLarge } from './problems.ts';
import type { Timeouts } from './types.ts';

/** TLS options for one request. They stay on the request, where an editor's proxy support keeps them. */
export interface TlsOptions {
  ca?: string[];
  cert?: string;
  key?: string;
  rejectUnauthorized?: boolean;
  allowPartialTrustChain?: boolean;
}

export interface Exchange {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body?: Uint8Array;
  tls: TlsOptions;
  timeouts: Timeouts;
  /** Most bytes of the answer's body. */
  maxBytes: number;
  signal: AbortSignal;
}

export interface Outcome {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

/** Sends one request and reads its answer. Rejects with a RegistryError that names the host of the URL, or with Cancelled. */
export function exchange(request: Exchange): Promise<Outcome> {
  const { url, signal, timeouts } = request;
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new Cancelled());
      return;
    }
    const outgoing = start(request, scheme, reject);
    if (outgoing === undefined) {
      return;
    }
    let incoming: http.IncomingMessage | undefined;
    // Once there is an answer it has to end with our reason, or its reader would only hear that it was cut off.
    const end = (reason: Error) => (incoming ?? outgoing).destroy(reason);
    const clock = createClock((stage) => end(timeoutProblem(url.host, stage)));
    const cancel = () => end(new Cancelled());
    const fail = (error: unknown) => {
      settle();
      const problem = connectionProblem(error, url.host, scheme);
      const stale =
        outgoing.reusedSocket && !incoming && problem instanceof RegistryError && problem.code === 'connection-lost';
      reject(stale ? Object.assign(problem, { staleConnection: true }) : problem);
    };
    const settle = () => {
      clock.stop();
      signal.removeEventListener('abort', cancel);
    };

    signal.addEventListener('abort', cancel, { once: true });
    clock.start('connect', timeouts.connect);
    outgoing.on('error', fail);
    outgoing.on('socket', (socket) => {
      const connected = () => clock.start('answer', timeouts.answer);
      if (outgoing.reusedSocket || !socket.connecting) {
        connected();
      } else {
        socket.once(scheme === 'https' ? 'secureConnect' : 'connect', connected);
      }
    });
    outgoing.on('response', (answer) => {
      incoming = answer;
      const alive = () => clock.start('idle', timeouts.idle);
      alive();
      answer.on('error', fail);
      collect(answer, request, alive, (body) => {
        settle();
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body });
      });
    });
    outgoing.end(request.body);
  });
}

/** Whether a request failed on a connection that had been idle: worth one more try at once. */
export function isStaleConnection(error: unknown): boolean {
  return error instanceof Error && 'staleConnection' in error;
}

/** A client certificate that cannot be read makes Node throw before anything is sent. */
function start(
  request: Exchange,
  scheme: 'http' | 'https',
  reject: (error: Error) => void,
): http.ClientRequest | undefined {
  try {
    // No agent of our own: with one, an editor whose http.proxySupport is "on" leaves its proxies out.
    return (scheme === 'https' ? https : http).request(request.url, {
      method: request.method,
      headers: request.headers,
      ...(scheme === 'https' ? request.tls : {}),
    });
  } catch (cause) {
    const { host } = request.url;
    const sentence = t(
      'The client certificate that is kept for {0} cannot be used: {1}. Check its files in certs.d.',
      host,
      plain(messageOf(cause), 200),
    );
    reject(new RegistryError('client-certificate', sentence, { host, cause }));
    return undefined;
  }
}

/** Gathers the body; one that is too large ends the answer with an error as soon as that is known. */
function collect(
  answer: http.IncomingMessage,
  request: Exchange,
  alive: () => void,
  done: (body: Buffer) => void,
): void {
  const { maxBytes, url } = request;
  const announced = request.method === 'HEAD' ? 0 : Number(answer.headers['content-length'] ?? 0);
  const pieces: Buffer[] = [];
  let size = 0;
  if (announced > maxBytes) {
    answer.destroy(tooLarge(url.host, maxBytes));
    return;
  }
  answer.on('data', (piece: Buffer) => {
    alive();
    size += piece.length;
    if (size > maxBytes) {
      answer.destroy(tooLarge(url.host, maxBytes));
    } else {
      pieces.push(piece);
    }
  });
  answer.on('end', () => done(Buffer.concat(pieces)));
}

function createClock(onTimeout: (stage: 'connect' | 'answer' | 'idle') => void) {
  let timer: NodeJS.Timeout | undefined;
  return {
    start(stage: 'connect' | 'answer' | 'idle', milliseconds: number) {
      clearTimeout(timer);
      timer = setTimeout(onTimeout, milliseconds, stage);
    },
    stop: () => clearTimeout(timer),
  };
}
