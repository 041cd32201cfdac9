// A request to a registry, and the answer to it.
import type http from 'node:http';
import type { ReadPieces, Streamed } from './exchange.ts';

export interface Request {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: URL;
  headers?: Record<string, string>;
  /** A streamed body can be sent only once: such a request is neither repeated nor redirected. */
  body?: Uint8Array | Streamed;
  /** Takes the body of an answer of status 200 as it comes; the answer's own body is empty then. */
  read?: ReadPieces;
  /** Bytes of an answer that are taken at most, 8 MB unless given. */
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

/** Whether a body is sent or taken as a stream. */
export function isStream({ body, read }: Request): boolean {
  return read !== undefined || isStreamed(body);
}

/** Whether a body is sent piece by piece. */
export function isStreamed(body: Request['body']): body is Streamed {
  return body !== undefined && !(body instanceof Uint8Array);
}
