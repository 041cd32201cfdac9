// Odd engines, as they are met: each is told apart, and none is followed or waited for.
import assert from 'node:assert/strict';
import net from 'node:net';
import { afterEach, describe, it } from 'mocha';
import { connect } from '../../../../src/engine/connect.ts';
import { EngineError } from '../../../../src/model/engines/error.ts';
import { Cancelled } from '../../../../src/model/errors.ts';
import { closeAll, closing, engineThat, listen, problemAt, serve } from '../oddEngine.ts';

describe('reaching odd engines', () => {
  afterEach(closeAll);

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
});
