// Runs odd registries: in-process HTTP servers on loopback that speak the real protocol in unusual ways.
import { createHash } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as a handler sees it, with short ways to answer. */
export interface Call {
  method: string;
  /** Path without query. */
  path: string;
  query: URLSearchParams;
  headers: http.IncomingHttpHeaders;
  body: string;
  /** `http://127.0.0.1:PORT` of this server. */
  self: string;
  /** The same for a second server at another port, where one is used. */
  foreign: string;
  /** How many requests came before this one. */
  count: number;
  json(status: number, value: unknown, headers?: http.OutgoingHttpHeaders): void;
  text(status: number, body: string, headers?: http.OutgoingHttpHeaders): void;
  /** 401 with these WWW-Authenticate lines. */
  challenge(...lines: string[]): void;
  /** An error in the form of the specification. */
  error(status: number, code: string, message: string, headers?: http.OutgoingHttpHeaders): void;
  raw: http.ServerResponse;
}

export type Odd = (call: Call) => void;

/** A registry with a habit; `foreign` answers at another port, `setUp` gives each run a state of its own. */
export interface OddRegistry {
  about: string;
  setUp(): { own: Odd; foreign?: Odd };
}

export interface RunningOdd {
  /** `127.0.0.1:PORT` */
  host: string;
  /** Requests in order of arrival: method, path with query, and the Authorization header. */
  requests: { method: string; url: string; authorization: string | undefined; body: string }[];
  foreignRequests: RunningOdd['requests'];
  stop(): Promise<void>;
}

export async function runOdd(odd: OddRegistry): Promise<RunningOdd> {
  const { own, foreign = (call: Call) => call.text(404, 'nothing here') } = odd.setUp();
  const places = { self: '', foreign: '' };
  const requests: RunningOdd['requests'] = [];
  const foreignRequests: RunningOdd['requests'] = [];
  const servers = [
    await listen(own, requests, places, 'self'),
    await listen(foreign, foreignRequests, places, 'foreign'),
  ];
  return {
    host: new URL(places.self).host,
    requests,
    foreignRequests,
    async stop() {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

export function digestOf(text: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

function listen(
  odd: Odd,
  requests: RunningOdd['requests'],
  places: { self: string; foreign: string },
  which: 'self' | 'foreign',
): Promise<http.Server> {
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) {
      body += String(piece);
    }
    const { method = '', url = '', headers } = request;
    requests.push({ method, url, authorization: headers.authorization, body });
    const { pathname, searchParams } = new URL(url, places[which]);
    const text: Call['text'] = (status, content, more = {}) => {
      response.writeHead(status, { 'Content-Type': 'text/plain', ...more });
      response.end(method === 'HEAD' ? undefined : content);
    };
    const json: Call['json'] = (status, value, more) =>
      text(status, JSON.stringify(value), { 'Content-Type': 'application/json', ...more });
    const error: Call['error'] = (status, code, message, more) => json(status, { errors: [{ code, message }] }, more);
    odd({
      ...{ method, path: pathname, query: searchParams, headers, body, count: requests.length - 1, raw: response },
      ...{ self: places[which], foreign: places[which === 'self' ? 'foreign' : 'self'], text, json, error },
      challenge: (...lines) => error(401, 'UNAUTHORIZED', 'authentication required', { 'WWW-Authenticate': lines }),
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      places[which] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      resolve(server);
    });
  });
}
