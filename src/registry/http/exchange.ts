// One HTTP request and its answer: no redirects, no retries, but every way to hang or to flood is bounded.
import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { Cancelled, messageOf } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { RegistryError } from '../../model/registries/error.ts';
import { plain } from '../../model/text.ts';
import type { Timeouts } from '../types.ts';
import { connectionProblem, timeoutProblem, tooLarge } from './problems.ts';
import { type Clock, createClock, createPace, paced, spaced } from './spacing.ts';

/** TLS options for one request. They stay on the request, where an editor's proxy support keeps them. */
export interface TlsOptions {
  ca?: string[];
  cert?: string;
  key?: string;
  rejectUnauthorized: boolean;
  allowPartialTrustChain?: boolean;
}

/** A body that is too large to hold: it is sent piece by piece, once, without its size being said before. */
export interface Streamed {
  pieces: AsyncIterable<Uint8Array>;
}

/** Takes the body of an answer piece by piece, as fast as it can use it. */
export type ReadPieces = (pieces: AsyncIterable<Uint8Array>) => Promise<void>;

export interface Exchange {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body?: Uint8Array | Streamed;
  /** Takes the body of an answer of status 200 in place of it being gathered; `maxBytes` does not hold for it. */
  read?: ReadPieces;
  tls: TlsOptions;
  timeouts: Timeouts;
  /** Most bytes of the answer's body. */
  maxBytes: number;
  signal: AbortSignal;
  /** Told what was reached, when a new connection is made. */
  onStage?: OnStage | undefined;
}

/** How far a connection has come: the name was found, the port took it, the certificate was accepted. */
export type OnStage = (stage: 'name' | 'port' | 'tls') => void;

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
    const settle = () => {
      clock.stop();
      signal.removeEventListener('abort', cancel);
    };
    const fail = (error: unknown) => {
      settle();
      const problem = connectionProblem(error, url.host, scheme);
      const stale =
        outgoing.reusedSocket && !incoming && problem instanceof RegistryError && problem.code === 'connection-lost';
      reject(stale ? Object.assign(problem, { staleConnection: true }) : problem);
    };

    signal.addEventListener('abort', cancel, { once: true });
    clock.start('connect', timeouts.connect);
    outgoing.on('error', fail);
    followConnection(outgoing, request, scheme, () => clock.start('answer', timeouts.answer));
    outgoing.on('response', (answer) => {
      incoming = answer;
      readAnswer(answer, request, clock).then((body) => {
        settle();
        if (!outgoing.writableFinished) {
          // It answered without waiting for the rest of the body, which is of no use to it then.
          outgoing.destroy();
        }
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body });
      }, fail);
    });
    sendBody(outgoing, request, clock, (error) => {
      if (!incoming) {
        fail(error);
      }
    });
  });
}

/** Tells how far a new connection comes, and when a connection stands. */
function followConnection(
  outgoing: http.ClientRequest,
  { onStage }: Exchange,
  scheme: 'http' | 'https',
  connected: () => void,
): void {
  outgoing.on('socket', (socket) => {
    if (onStage && !outgoing.reusedSocket) {
      watch(socket, onStage);
    }
    if (outgoing.reusedSocket || !socket.connecting) {
      connected();
    } else {
      socket.once(scheme === 'https' ? 'secureConnect' : 'connect', connected);
    }
  });
}

/** The body of an answer; empty where the request's own reader has taken it. */
function readAnswer(answer: http.IncomingMessage, request: Exchange, clock: Clock): Promise<Buffer> {
  const { read, timeouts, url } = request;
  const alive = () => clock.start('idle', timeouts.idle);
  let whole: NodeJS.Timeout | undefined;
  const body = new Promise<Buffer>((resolve, reject) => {
    alive();
    answer.on('error', reject);
    if (read !== undefined && answer.statusCode === 200) {
      read(paced(answer, alive, clock.stop, createPace(url.host, timeouts.body)))
        .then(() => resolve(Buffer.alloc(0)), reject)
        .finally(() => answer.destroy());
    } else {
      whole = setTimeout(() => answer.destroy(timeoutProblem(url.host, 'slow')), timeouts.body);
      collect(answer, request, alive, resolve);
    }
  });
  return body.finally(() => clearTimeout(whole));
}

/** Sends the body. `failed` is told why one that is streamed could not be sent whole. */
function sendBody(
  outgoing: http.ClientRequest,
  { body, timeouts, url }: Exchange,
  clock: Clock,
  failed: (error: Error) => void,
): void {
  if (body === undefined || body instanceof Uint8Array) {
    outgoing.end(body);
    return;
  }
  // While the network takes pieces, the server is not late with its answer; while we wait for a piece, nobody is.
  const sending = { start: () => clock.start('slow', timeouts.body), stop: clock.stop };
  const waiting = () => clock.start('answer', timeouts.answer);
  const pace = createPace(url.host, timeouts.body);
  pipeline(spaced(body.pieces, sending, pace, waiting), outgoing, (error) => {
    if (error) {
      failed(error);
    }
  });
}

function watch(socket: Socket, reached: OnStage): void {
  socket.once('lookup', (error) => error || reached('name'));
  socket.once('connect', () => {
    reached('name');
    reached('port');
  });
  socket.once('secureConnect', () => reached('tls'));
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
