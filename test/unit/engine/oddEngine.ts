// Engines that no real program can play: ones that hang, lie, redirect, or answer with what makes no sense.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import type net from 'node:net';
import type { AddressInfo } from 'node:net';
import { connect } from '../../../src/engine/connect.ts';
import { machine } from '../../../src/engine/connection/discover.ts';
import { createEngine } from '../../../src/engine/engine.ts';
import type { EngineProblem } from '../../../src/model/engines/endpoint.ts';
import { EngineError } from '../../../src/model/engines/error.ts';

type Handler = (path: string, response: http.ServerResponse) => void;

/** What was opened, to be closed after each test. */
export const closing: (() => void)[] = [];

export function closeAll(): void {
  for (const close of closing.splice(0)) {
    close();
  }
}

export async function listen(server: net.Server): Promise<number> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.close();
    for (const socket of sockets) {
      socket.destroy();
    }
  });
  return (server.address() as AddressInfo).port;
}

export const serve = (handle: (request: http.IncomingMessage, response: http.ServerResponse) => void) =>
  listen(http.createServer(handle));

/** Speaks the API as far as the inventory uses it; `handle` answers everything but ping, version and events. */
export async function engineThat(handle: Handler) {
  const events: http.ServerResponse[] = [];
  const paths: string[] = [];
  const handler: http.RequestListener = (request, response) => {
    const path = decodeURIComponent((request.url ?? '').replace(/^\/v1\.41/, ''));
    paths.push(path);
    if (path.startsWith('/_ping')) {
      response.setHeader('Api-Version', '1.41').end('OK');
    } else if (path.startsWith('/version')) {
      response.end('{"Version":"9.9","Os":"linux","Components":[{"Name":"Engine"}]}');
    } else if (path.startsWith('/events')) {
      response.flushHeaders();
      events.push(response);
    } else {
      handle(path, response);
    }
  };
  return { url: `tcp://127.0.0.1:${await serve(handler)}`, events, paths, handler };
}

export function ours(url: string, timeout = 5_000) {
  const log: string[] = [];
  const engine = createEngine({
    setting: () => url,
    environment: { ...machine, env: {}, home: '/nowhere' },
    log: (line) => log.push(line),
    timeout,
  });
  closing.push(() => engine.dispose());
  return { ...engine, log };
}

export async function problemAt(url: string, options = {}): Promise<EngineProblem | undefined> {
  const endpoint = { url, source: 'setting' as const, ...options };
  const error = await connect(endpoint, { timeout: 300 }).then(
    () => assert.fail('it connected'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof EngineError);
  assert.ok(error.message.length > 0);
  assert.equal(error.endpoint, endpoint);
  return error.problem;
}
