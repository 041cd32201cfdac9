// When a request is tried again after a failure that may pass, and after which wait. Pure.
import type http from 'node:http';
import { RegistryError } from '../../model/registries/error.ts';
import { isStaleConnection } from './exchange.ts';
import type { Request } from './message.ts';

const passing = new Set([408, 429, 500, 502, 503, 504]);
/** Milliseconds. A person waits: a registry that wants more patience than this gets an error that says when to come back. */
const maxWait = 60_000;
/** Milliseconds before a request whose connection was lost is sent again. */
const afterLoss = 200;

/**
 * Milliseconds to wait before an answer is asked for again; undefined when that is of no use: the answer stands, it was tried
 * too often, or the wait would be too long. `tries` counts from 1, `waited` is the sum of the waits so far.
 */
export function waitAfterAnswer(
  { method }: Pick<Request, 'method'>,
  { status, headers }: { status: number; headers: http.IncomingHttpHeaders },
  tries: number,
  waited: number,
): number | undefined {
  if (!isRepeatable(method) || !passing.has(status)) {
    return undefined;
  }
  const limited = status === 429;
  const maxTries = status === 500 ? 1 : limited ? 4 : 2;
  const wanted = retryAfterOf(headers) ?? (limited ? 2000 : 300) * 2 ** (tries - 1);
  return tries > maxTries || waited + wanted > maxWait ? undefined : wanted;
}

/**
 * The same for a request that failed, which is sent once more at most. An idle connection that the server closed meanwhile has
 * not carried the request; only a POST or PATCH must not run twice.
 */
export function waitAfterFailure(
  { method }: Pick<Request, 'method'>,
  error: unknown,
  tries: number,
): number | undefined {
  if (tries > 1) {
    return undefined;
  }
  if (isStaleConnection(error) && method !== 'POST' && method !== 'PATCH') {
    return 0;
  }
  const lost = error instanceof RegistryError && error.code === 'connection-lost';
  return isRepeatable(method) && lost ? afterLoss : undefined;
}

function isRepeatable(method: Request['method']): boolean {
  return method === 'GET' || method === 'HEAD';
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
