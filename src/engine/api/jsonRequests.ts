// Requests whose answer is JSON or of no interest, as nearly all of the Engine API's are.
import type { Request, Transport } from '../connection/transport.ts';

/** Requests by their method. Each rejects as `Transport` does. */
export interface Requests {
  get(path: string, query?: Request['query']): Promise<unknown>;
  post(path: string, query?: Request['query'], body?: unknown): Promise<unknown>;
  remove(path: string, query?: Request['query']): Promise<unknown>;
}

export function createRequests(transport: Pick<Transport, 'json'>): Requests {
  return {
    get: (path, query = {}) => transport.json({ method: 'GET', path, query }),
    post: (path, query = {}, body) => transport.json({ method: 'POST', path, query, body }),
    remove: (path, query = {}) => transport.json({ method: 'DELETE', path, query }),
  };
}
