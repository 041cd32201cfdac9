// Engines that no real program can play: ones that hang, lie, redirect, or answer with what makes no sense.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, it } from 'mocha';
import { connect } from '../../../src/engine/connect.ts';
import { machine } from '../../../src/engine/connection/discover.ts';
import { createEngine } from '../../../src/engine/engine.ts';
import type { InventoryChange } from '../../../src/engine/types.ts';
import type { EngineProblem } from '../../../src/model/engines/endpoint.ts';
import { EngineError } from '../../../src/model/engines/error.ts';
import { Cancelled, UserError } from '../../../src/model/errors.ts';
import { temporaryFolder } from '../../parts/machine/temporary.ts';
import { until } from '../../parts/until.ts';

type Handler = (path: string, response: http.ServerResponse) => void;

describe('odd engines', () => {
  const closing: (() => void)[] = [];
  afterEach(() => {
    for (const close of closing.splice(0)) {
      close();
    }
  });

  async function listen(server: net.Server): Promise<number> {
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

  const serve = (handle: (request: http.IncomingMessage, response: http.ServerResponse) => void) =>
    listen(http.createServer(handle));

  /** Speaks the API as far as the inventory uses it; `handle` answers everything but ping, version and events. */
  async function engineThat(handle: Handler) {
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

  function ours(url: string, timeout = 5_000) {
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

  async function problemAt(url: string, options = {}): Promise<EngineProblem | undefined> {
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

  it('tells a web page, a redirection and another protocol from an engine', async () => {
    const page = await serve((_, response) => response.end('<html>It works</html>'));
    assert.equal(await problemAt(`tcp://127.0.0.1:${page}`), 'not-an-engine');
    const moved = await serve((_, response) => response.writeHead(301, { location: 'https://elsewhere/' }).end());
    assert.equal(await problemAt(`tcp://127.0.0.1:${moved}`), 'not-an-engine');
    const missing = await serve((_, response) => response.writeHead(404).end('nothing here'));
    assert.equal(await problemAt(`tcp://127.0.0.1:${missing}`), 'not-an-engine');
    const ssh = await listen(net.createServer((socket) => socket.write('SSH-2.0-server\r\n')));
    assert.equal(await problemAt(`tcp://127.0.0.1:${ssh}`), 'not-an-engine');
  });

  it('follows no redirection, wherever it leads', async () => {
    const places = [
      'file:///etc/passwd',
      'ftp://elsewhere/',
      'javascript:1',
      'constructor:x',
      '//[',
      'http://127.0.0.1:9/',
      '',
    ];
    for (const location of places) {
      const moved = await serve((_, response) => response.writeHead(307, { location }).end());
      assert.equal(await problemAt(`tcp://127.0.0.1:${moved}`), 'not-an-engine', location);
      const { url, paths } = await engineThat((_, response) => response.writeHead(302, { location }).end('moved'));
      const connection = await connect({ url, source: 'setting' });
      closing.push(() => connection.dispose());
      await assert.rejects(connection.client.containers.inspect('x'), (error) => {
        assert.ok(error instanceof EngineError);
        assert.equal(error.problem, 'not-an-engine', location);
        return true;
      });
      assert.equal(paths.filter((path) => path.startsWith('/containers')).length, 1);
    }
  });

  it('tells one that hangs from one that is not there and one that breaks off', async () => {
    const hanging = await serve(() => {});
    assert.equal(await problemAt(`tcp://127.0.0.1:${hanging}`), 'timeout');
    const breaking = await listen(net.createServer((socket) => socket.destroy()));
    assert.equal(await problemAt(`tcp://127.0.0.1:${breaking}`), 'not-running');
    const server = net.createServer();
    const closed = await listen(server);
    server.close();
    assert.equal(await problemAt(`tcp://127.0.0.1:${closed}`), 'not-running');
    assert.equal(await problemAt('unix:///nowhere/docker.sock'), 'not-running');
  });

  it('notices plain http where TLS was asked for, and the other way round', async () => {
    const plain = await serve((_, response) => response.end());
    assert.equal(await problemAt(`tcp://127.0.0.1:${plain}`, { tls: { verify: false } }), 'tls');
    const secure = await serve((_, response) =>
      response.writeHead(400).end('Client sent an HTTP request to an HTTPS server.\n'),
    );
    assert.equal(await problemAt(`tcp://127.0.0.1:${secure}`), 'tls');
  });

  it('is not led astray by DOCKER_HOST, and leaves it as it was', async () => {
    const { url } = await engineThat((_, response) => response.end('[]'));
    const before = process.env.DOCKER_HOST;
    process.env.DOCKER_HOST = 'tcp://not a host:0';
    try {
      (await connect({ url, source: 'setting' })).dispose();
      assert.equal(process.env.DOCKER_HOST, 'tcp://not a host:0');
    } finally {
      if (before === undefined) {
        delete process.env.DOCKER_HOST;
      } else {
        process.env.DOCKER_HOST = before;
      }
    }
  });

  it('can be given up while it hangs', async () => {
    const port = await serve(() => {});
    const abort = new AbortController();
    const connecting = connect({ url: `tcp://127.0.0.1:${port}`, source: 'setting' }, { signal: abort.signal });
    abort.abort();
    await assert.rejects(connecting, Cancelled);
  });

  it('says so in the inventory when the engine hangs', async () => {
    const port = await serve(() => {});
    const { inventory } = ours(`tcp://127.0.0.1:${port}`, 100);
    await assert.rejects(inventory.all('containers'), (error) => {
      assert.ok(error instanceof UserError);
      assert.equal(error.code, 'engine-timeout');
      return true;
    });
    assert.equal(inventory.status.state === 'unreachable' && inventory.status.problem, 'timeout');
  });

  it('fills by itself when the engine comes after it was asked for', async () => {
    const folder = temporaryFolder('late');
    closing.push(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'docker.sock');
    const { inventory } = ours(`unix://${file}`);
    const changes: InventoryChange[] = [];
    inventory.onChange((change) => changes.push(change));
    await assert.rejects(inventory.all('containers'), UserError);
    const { handler } = await engineThat((_, response) => response.end(`[{"Id":"${'1'.repeat(64)}"}]`));
    const server = http.createServer(handler).listen(file);
    closing.push(() => {
      server.close();
      server.closeAllConnections();
    });
    await until('the containers to be told', () => changes.length > 0);
    assert.deepEqual(
      changes.map(({ added }) => added),
      [['1'.repeat(64)]],
    );
    assert.equal((await inventory.all('containers')).length, 1);
  });

  it('asks for lists while the engine still says what it is, and shows none of one that then fails', async () => {
    const held: (() => void)[] = [];
    let works = false;
    const lists: string[] = [];
    const port = await serve((request, response) => {
      const path = request.url ?? '';
      if (path.includes('/_ping')) {
        response.setHeader('Api-Version', '1.41').end('OK');
      } else if (path.includes('/version')) {
        held.push(() =>
          works
            ? response.end('{"Version":"9.9","Components":[{"Name":"Engine"}]}')
            : response.writeHead(500).end('no'),
        );
      } else if (path.includes('/containers/json')) {
        lists.push(path);
        response.end(`[{"Id":"${'1'.repeat(64)}"}]`);
      } else {
        response.flushHeaders();
      }
    });
    const engine = ours(`tcp://127.0.0.1:${port}`);
    const changes: InventoryChange[] = [];
    engine.inventory.onChange((change) => changes.push(change));
    const failing = assert.rejects(engine.inventory.all('containers'), UserError);
    await until('the list to be asked for', () => lists.length === 1 && held.length > 0);
    assert.equal(engine.inventory.status.state, 'connecting');
    held.pop()?.();
    await failing;
    assert.equal(engine.inventory.peek('containers', '1'.repeat(64)), undefined);
    works = true;
    const coming = engine.client();
    await until('the next attempt', () => held.length > 0);
    held.pop()?.();
    await coming;
    await until('the containers to be told', () => changes.length > 0);
    assert.equal((await engine.inventory.all('containers')).length, 1);
    assert.equal(lists.length, 2);
  });

  it('leaves out a record that makes no sense, and says so in the log', async () => {
    const good = (id: string) => ({ Id: id, Names: [`/${id}`], State: 'running', Status: 'Up' });
    const { url } = await engineThat((_, response) =>
      response.end(JSON.stringify([good('a'), { Names: 7 }, null, good('b')])),
    );
    const { inventory, log } = ours(url);
    assert.deepEqual(
      (await inventory.all('containers')).map(({ name }) => name),
      ['a', 'b'],
    );
    assert.equal(log.filter((line) => line.includes('left out')).length, 2);
  });

  it('keeps the other kinds when one cannot be listed', async () => {
    const { url } = await engineThat((path, response) =>
      path.startsWith('/images')
        ? response.writeHead(500).end('{"message":"layer store is broken"}')
        : response.end('[]'),
    );
    const { inventory } = ours(url);
    await assert.rejects(inventory.all('images'), /layer store is broken/);
    assert.deepEqual(await inventory.all('containers'), []);
    assert.equal(inventory.status.state, 'connected');
  });

  it('lists afresh when the engine does not understand the filter, and survives odd events', async () => {
    let listed = 0;
    const { url, events } = await engineThat((path, response) => {
      if (path.includes('filters')) {
        response.writeHead(500).end('{"message":"invalid filter"}');
        return;
      }
      listed += 1;
      response.end(JSON.stringify([{ Id: 'a', Names: [`/name-${listed}`], State: 'running', Status: 'Up' }]));
    });
    const { inventory } = ours(url);
    await inventory.all('containers');
    const changed = new Promise<void>((resolve) => inventory.onChange(() => resolve()));
    const [stream] = events;
    assert.ok(stream);
    stream.write('no json\n{"Type":"container"}\n[1]\n');
    stream.write('{"Type":"container","Action":"rename","Actor":{"ID":"a"}}\n');
    await changed;
    assert.equal(inventory.peek('containers', 'a')?.name, 'name-2');
  });

  it('forgets an object at once when it goes, also when an older answer still has it', async () => {
    const both = (name: string) =>
      JSON.stringify([
        { Id: 'a', Names: ['/a'], State: 'running' },
        { Id: 'b', Names: [`/${name}`], State: 'running' },
      ]);
    let answer: (() => void) | undefined;
    const { url, events } = await engineThat((path, response) => {
      if (!path.includes('filters')) {
        response.end(both('old'));
        return;
      }
      answer = () => response.end(both('new'));
      events[0]?.write('{"Type":"container","Action":"destroy","Actor":{"ID":"a"}}\n');
    });
    const { inventory } = ours(url);
    await inventory.all('containers');
    const gone = new Promise<void>((resolve) =>
      inventory.onChange(({ removed }) => removed.includes('a') && resolve()),
    );
    const renamed = new Promise<void>((resolve) =>
      inventory.onChange(({ changed }) => changed.includes('b') && resolve()),
    );
    const start = (id: string) => `{"Type":"container","Action":"start","Actor":{"ID":"${id}"}}\n`;
    events[0]?.write(start('a') + start('b'));
    await gone;
    answer?.();
    await renamed;
    assert.equal(inventory.peek('containers', 'a'), undefined);
    assert.equal(inventory.peek('containers', 'b')?.name, 'new');
  });
});
