// Whom connections trust, whatever the environment says: servers with certificates of an authority that nobody knows.
import assert from 'node:assert/strict';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, describe, it } from 'mocha';
import { connect } from '../../../../src/engine/connect.ts';
import { createRegistryClient } from '../../../../src/registry/api/client.ts';
import { issueServerCertificate, makeAuthority } from '../../../../src/registry/own/certificate.ts';
import { signal } from '../../../parts/oddRegistries/client.ts';

const variable = 'NODE_TLS_REJECT_UNAUTHORIZED';

describe('certificates', () => {
  let server: https.Server;
  let host: string;
  let asked = 0;
  const before0 = process.env[variable];

  before(async () => {
    const { cert, key } = await issueServerCertificate(await makeAuthority(), ['127.0.0.1']);
    server = https.createServer({ cert, key }, (_request, response) => {
      asked += 1;
      response.writeHead(200, { 'Api-Version': '1.47', 'Content-Type': 'application/json' }).end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());
  afterEach(() => {
    if (before0 === undefined) {
      delete process.env[variable];
    } else {
      process.env[variable] = before0;
    }
  });

  const clientWith = (log: string[], more: { insecure?: boolean } = {}) =>
    createRegistryClient({
      address: { host, scheme: 'https' },
      credentials: { find: () => Promise.resolve(undefined) },
      certificates: () => Promise.resolve({ ca: [], problems: [] }),
      log: (line) => log.push(line),
      ...more,
    });

  it(`of registries are verified though ${variable} is 0, which is said once in the log`, async () => {
    process.env[variable] = '0';
    const log: string[] = [];
    for (const client of [clientWith(log), clientWith(log)]) {
      await assert.rejects(client.ping(signal), { code: 'unknown-ca' });
      client.dispose();
    }
    assert.equal(asked, 0);
    assert.equal(log.filter((line) => line.startsWith(`${variable}=0 is set`)).length, 1);
  });

  it('of a registry are not verified where the person chose so', async () => {
    const client = clientWith([], { insecure: true });
    assert.deepEqual(await client.ping(signal), { state: 'open' });
    client.dispose();
    asked = 0;
  });

  it(`of engines are verified though ${variable} is 0`, async () => {
    process.env[variable] = '0';
    for (const tls of [undefined, { verify: true }]) {
      const endpoint = { url: `https://${host}`, source: 'setting', ...(tls ? { tls } : {}) } as const;
      await assert.rejects(connect(endpoint), { problem: 'tls' });
    }
    assert.equal(asked, 0);
  });
});
