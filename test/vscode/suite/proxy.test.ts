// Registries behind the proxies that the editor's settings name, with the trust and the client certificate intact.

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { type Certificates, makeCertificates } from '../../parts/registry/certificates.ts';
import { until } from '../../parts/until.ts';
import { api, command } from './support.ts';

/** No name server knows it: only the proxy can lead there. */
const name = 'registry.docknotes.test';

describe('proxies', () => {
  let folder: string;
  let certificates: Certificates;
  let proxy: http.Server;
  /** `CONNECT host:port` or `GET url` of each request that the proxy took. */
  const taken: string[] = [];
  const servers: (http.Server | https.Server)[] = [];
  const tunnels: Duplex[] = [];
  const configHome = process.env.XDG_CONFIG_HOME;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), `docknotes-proxy-${process.pid}-`));
    certificates = await makeCertificates(join(folder, 'tls'), `DNS:${name}`);
    proxy = await startProxy(taken, tunnels);
    servers.push(proxy);
    await set('http.proxy', `http://127.0.0.1:${portOf(proxy)}`);
    await set('http.proxySupport', 'override');
  });

  after(async () => {
    await set('http.proxy', undefined);
    await set('http.proxySupport', undefined);
    restore('XDG_CONFIG_HOME', configHome);
    for (const server of servers) {
      server.closeAllConnections();
    }
    for (const tunnel of tunnels) {
      tunnel.destroy();
    }
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    rmSync(folder, { recursive: true, force: true });
  });

  it('take plain http', async () => {
    const address = `${name}:${await start(http.createServer(answer))}`;
    assert.deepEqual(await throughProxy(`http://${address}`, {}), { registry: address });
    assert.ok(
      taken.some((line) => line.startsWith(`GET http://${address}/v2/`)),
      taken.join('\n'),
    );
    await lists(address);
  });

  it('take https, and the certificate of an unknown CA is shown and trusted through them', async () => {
    const { serverCert: cert, serverKey: key, ca } = certificates;
    const address = `${name}:${await start(https.createServer({ cert: readFileSync(cert), key: readFileSync(key) }, answer))}`;
    await assert.rejects(command('addRegistry', address, {}), { code: 'unknown-ca' });
    const { fingerprint } = await command('trustRegistry', address, {});
    assert.match(fingerprint, /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    assert.deepEqual(await command('addRegistry', address, { trustedCa: ca }), { registry: address });
    assert.ok(taken.includes(`CONNECT ${address}`), taken.join('\n'));
    await lists(address);
  });

  it('take https with a client certificate', async () => {
    const { serverCert: cert, serverKey: key, ca } = certificates;
    const options = { cert: readFileSync(cert), key: readFileSync(key), ca: readFileSync(ca), requestCert: true };
    const address = `${name}:${await start(https.createServer(options, answer))}`;
    await assert.rejects(command('addRegistry', address, { trustedCa: ca }), (error: Error) => {
      assert.ok(error.message.includes(join('certs.d', address)), error.message);
      return true;
    });
    process.env.XDG_CONFIG_HOME = folder;
    const certsd = join(folder, 'docker', 'certs.d', address);
    mkdirSync(certsd, { recursive: true });
    cpSync(ca, join(certsd, 'ca.crt'));
    cpSync(certificates.clientCert, join(certsd, 'client.cert'));
    cpSync(certificates.clientKey, join(certsd, 'client.key'));
    assert.deepEqual(await command('addRegistry', address, {}), { registry: address });
    assert.ok(taken.includes(`CONNECT ${address}`));
    await lists(address);
  });

  it('leave out the hosts of http.noProxy', async () => {
    const address = `${name}:${await start(http.createServer(answer))}`;
    await set('http.noProxy', [name]);
    try {
      await until(async () => {
        taken.length = 0;
        await assert.rejects(command('addRegistry', `http://${address}`, {}), { code: 'name-not-found' });
        return taken.length === 0;
      });
    } finally {
      await set('http.noProxy', undefined);
    }
  });

  async function start(server: http.Server | https.Server): Promise<number> {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return portOf(server);
  }

  /** A change of the settings takes a moment to reach the network code of the extension host. */
  async function throughProxy(typed: string, options: object): Promise<object> {
    return until(async () => command('addRegistry', typed, options).catch(() => undefined));
  }

  async function lists(address: string): Promise<void> {
    taken.length = 0;
    assert.deepEqual((await (await api()).repositories(address)).names, ['team/box']);
    assert.ok(taken.length > 0, 'the list came through the proxy');
    await command('removeRegistry', address, {});
  }
});

/** Speaks as much of the registry API as adding and listing need. */
function answer(request: http.IncomingMessage, response: http.ServerResponse): void {
  response.setHeader('Content-Type', 'application/json');
  response.end(request.url?.startsWith('/v2/_catalog') ? '{"repositories":["team/box"]}' : '{}');
}

/** An ordinary proxy, which takes every name for this machine. */
async function startProxy(taken: string[], tunnels: Duplex[]): Promise<http.Server> {
  const server = http.createServer((request, response) => {
    taken.push(`${request.method} ${request.url}`);
    const { pathname, search, port } = new URL(request.url ?? '', 'http://nowhere');
    const passedOn = http.request(
      { host: '127.0.0.1', port, path: pathname + search, method: request.method, headers: request.headers },
      (found) => {
        response.writeHead(found.statusCode ?? 502, found.headers);
        found.pipe(response);
      },
    );
    passedOn.on('error', () => response.destroy());
    request.pipe(passedOn);
  });
  server.on('connect', (request, socket) => {
    taken.push(`CONNECT ${request.url}`);
    tunnels.push(socket);
    const there = net.connect(Number(request.url?.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(there).pipe(socket);
    });
    there.on('error', () => socket.destroy());
    socket.on('error', () => there.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function portOf(server: net.Server): number {
  return (server.address() as AddressInfo).port;
}

async function set(key: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration().update(key, value, vscode.ConfigurationTarget.Global);
}

function restore(variable: string, value: string | undefined): void {
  if (value === undefined) {
    delete process.env[variable];
  } else {
    process.env[variable] = value;
  }
}
