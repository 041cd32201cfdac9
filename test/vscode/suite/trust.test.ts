// Certificates in the extension host, where the editor stands between every request and the network.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { makeCertificates } from '../../parts/registry/certificates.ts';
import { command } from './support.ts';

const variable = 'NODE_TLS_REJECT_UNAUTHORIZED';

describe('trust', () => {
  let folder: string;
  let server: https.Server;
  let address: string;
  let ca: string;
  const asked: string[] = [];
  const kept = process.env[variable];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), `docknotes-trust-${process.pid}-`));
    const made = await makeCertificates(folder);
    ca = readFileSync(made.ca, 'utf8');
    const keys = { cert: readFileSync(made.serverCert), key: readFileSync(made.serverKey) };
    server = https.createServer(keys, ({ url = '' }, response) => {
      asked.push(url);
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"repositories":[]}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  after(async () => {
    if (kept === undefined) {
      delete process.env[variable];
    } else {
      process.env[variable] = kept;
    }
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });

  it(`is not given to a certificate of nobody because ${variable} is 0`, async () => {
    process.env[variable] = '0';
    await assert.rejects(
      command('addRegistry', `https://${address}`, {}),
      /signed by a CA that this machine does not know/,
    );
    assert.deepEqual(asked, []);
    delete process.env[variable];
    assert.deepEqual(await command('addRegistry', `https://${address}`, { trustedCa: [ca] }), { registry: address });
    assert.notDeepEqual(asked, []);
    await command('removeRegistry', address, {});
  });
});
