// One HTTP request and its answer: no redirects, no retries, but every way to hang or to flood is bounded.
import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import { Cancelled } from '../model/errors.ts';
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
  body?: Uint8Array | Readable;
  tls: TlsOptions;
  agent: http.Agent;
  timeouts: Timeouts;
  signal: AbortSignal;
}

/** An answer whose body is still to be read: `read` and `discard` are the two ways to end it. */
export interface Arrival {
  status: number;
  headers: http.IncomingHttpHeaders;
  stream: http.IncomingMessage;
  /** Whether the connection had been used before; such a one may have been closed by the server meanwhile. */
  read(maxBytes: number): Promise<Buffer>;
  discard(): void;
}

/**
 * Sends one request. Rejects with a RegistryError (or Cancelled) that names the host of the URL.
 * `reused` on the error's cause says that an idle connection had died, so that the request may be sent again.
 */
export function exchange(request: Exchange): Promise<Arrival> {
  const { url, signal, timeouts } = request;
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new Cancelled());
      return;
    }
    const outgoing = (scheme === 'https' ? https : http).request(url, {
      method: request.method,
      headers: request.headers,
      agent: request.agent,
      ...(scheme === 'https' ? request.tls : {}),
    });
    const clock = createClock((stage) => outgoing.destroy(timeoutProblem(url.host, stage)));
    const cancel = () => outgoing.destroy(new Cancelled());
    const done = () => {
      clock.stop();
      signal.removeEventListener('abort', cancel);
    };
    signal.addEventListener('abort', cancel, { once: true });
    clock.start('connect', timeouts.connect);
    outgoing.on('socket', (socket) => {
      const connected = () => clock.start('answer', timeouts.answer);
      if (outgoing.reusedSocket || !socket.connecting) {
        connected();
      } else {
        socket.once(scheme === 'https' ? 'secureConnect' : 'connect', connected);
      }
    });
    outgoing.on('error', (error) => {
      done();
      const problem = connectionProblem(error, url.host, scheme);
      reject(outgoing.reusedSocket ? Object.assign(problem, { staleConnection: true }) : problem);
    });
    outgoing.on('response', (stream) => {
      clock.start('idle', timeouts.idle);
      stream.on('close', done);
      resolve({
        status: stream.statusCode ?? 0,
        headers: stream.headers,
        stream,
        read: (maxBytes) => readBody(stream, maxBytes, url.host, scheme, () => clock.start('idle', timeouts.idle)),
        discard: () => {
          stream.on('error', () => {});
          stream.destroy();
        },
      });
    });
    sendBody(outgoing, request.body);
  });
}

/** Whether a request failed on a connection that had been idle: worth one more try at once. */
export function isStaleConnection(error: unknown): boolean {
  return error instanceof Error && 'staleConnection' in error;
}

function sendBody(outgoing: http.ClientRequest, body: Uint8Array | Readable | undefined): void {
  if (body === undefined || body instanceof Uint8Array) {
    outgoing.end(body);
  } else {
    body.on('error', (error) => outgoing.destroy(error));
    body.pipe(outgoing);
  }
}

function readBody(
  stream: http.IncomingMessage,
  maxBytes: number,
  host: string,
  scheme: 'http' | 'https',
  alive: () => void,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let size = 0;
    const fail = (error: unknown) => {
      stream.destroy();
      reject(connectionProblem(error, host, scheme));
    };
    if (Number(stream.headers['content-length'] ?? 0) > maxBytes) {
      stream.on('error', () => {});
      fail(tooLarge(host, maxBytes));
      return;
    }
    stream.on('error', fail);
    stream.on('data', (piece: Buffer) => {
      alive();
      size += piece.length;
      if (size > maxBytes) {
        fail(tooLarge(host, maxBytes));
      } else {
        pieces.push(piece);
      }
    });
    stream.on('end', () => resolve(Buffer.concat(pieces)));
  });
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
