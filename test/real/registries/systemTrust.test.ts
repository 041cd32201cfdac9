// A registry whose CA only the system knows: no editor helps the process of a copy, which has to find it by itself.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { createEditing } from '../../../src/registry/change/editing.ts';
import { putTwoPlatforms } from './content.ts';
import { copier } from './editing.ts';
import {
  type Certificates,
  type Lab,
  labClient,
  makeCertificates,
  signal,
  startLab,
  temporaryFolder,
  whyNoLab,
} from './lab.ts';

describe('a registry whose CA only the system trusts', function () {
  this.timeout(60_000);
  let plain: Lab;
  let secure: Lab;
  let certificates: Certificates;
  const kept = { SSL_CERT_FILE: process.env.SSL_CERT_FILE, NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS };

  before(async function () {
    if (whyNoLab()) {
      this.skip();
    }
    const folder = temporaryFolder();
    certificates = await makeCertificates(join(folder, 'tls'));
    secure = await startLab({ folder, tls: { certificate: certificates.serverCert, key: certificates.serverKey } });
    plain = await startLab();
    await putTwoPlatforms(`http://${plain.host}`, 'team/app', ['1.0'], 200_000);
  });
  after(async () => {
    await plain?.stop();
    await secure?.stop();
  });

  /** Copies into the secure registry, in a process that finds these CAs in the system's store. */
  async function copy(store: string, repository: string, trustedHere?: string): Promise<string> {
    const clients = new Map([
      [plain.host, labClient({ address: { host: plain.host, scheme: 'http' } })],
      [
        secure.host,
        labClient({
          address: { host: secure.host, scheme: 'https' },
          ...(trustedHere === undefined ? {} : { trustedCa: [trustedHere] }),
        }),
      ],
    ]);
    const find = (host: string) => clients.get(host) ?? assert.fail(host);
    const editing = createEditing({
      registries: {
        client: (host) => Promise.resolve(find(host)),
        connection: (host) => Promise.resolve({ address: find(host).address }),
      },
      folder: join(plain.folder, 'notes'),
      copier: () => copier,
      log: { info: (line) => lines.push(line) },
    });
    const lines: string[] = [];
    // Where a Node that is told nothing looks for the system's CAs; what it is told beside them would hide the fault.
    process.env.SSL_CERT_FILE = store;
    delete process.env.NODE_EXTRA_CA_CERTS;
    try {
      await editing.copy(
        { registry: plain.host, repository: 'team/app', reference: '1.0' },
        { registry: secure.host, repository, tag: '1.0' },
        {},
        signal,
      );
    } finally {
      for (const [name, value] of Object.entries(kept)) {
        if (value === undefined) {
          delete process.env[name];
        } else {
          process.env[name] = value;
        }
      }
      editing.dispose();
      for (const client of clients.values()) {
        client.dispose();
      }
    }
    return lines.join('\n');
  }

  it('takes a copy from a process of its own', async () => {
    const log = await copy(certificates.ca, 'system/app');
    assert.doesNotMatch(log, /goes on in this process/);
    assert.match(log, /PUT https:.*system\/app\/manifests\/1\.0 -> 201/);
  });

  it('takes it from the editor where that knows a CA which the process cannot find', async () => {
    const log = await copy('/nonexistent', 'editor/app', readFileSync(certificates.ca, 'utf8'));
    assert.match(log, /the copy goes on in this process/);
  });

  it('is refused where neither knows the CA', async () => {
    await assert.rejects(copy('/nonexistent', 'nobody/app'), { code: 'unknown-ca' });
  });
});
