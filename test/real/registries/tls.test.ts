import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { type ProbeError, probeRegistry } from '../../../src/registry/known/probe.ts';
import { fetchCertificates } from '../../../src/registry/trust/certificates.ts';
import { readCertificates } from '../../../src/registry/trust/certsd.ts';
import { capture } from '../../parts/machine/process.ts';
import {
  type Certificates,
  type Lab,
  labClient,
  makeCertificates,
  noCertificates,
  noCredentials,
  signal,
  startLab,
  temporaryFolder,
  whyNoLab,
} from './lab.ts';

/** certs.d below a folder of the test, read by the real file system. */
function certsdIn(home: string) {
  return (host: string) =>
    readCertificates(host, {
      platform: 'linux',
      env: {},
      home,
      list: (folder) => readdir(folder),
      read: (file) => readFile(file, 'utf8'),
    });
}

describe('a real registry over TLS with a CA of its own', function () {
  this.timeout(30_000);
  let lab: Lab;
  let certificates: Certificates;

  before(async function () {
    if (whyNoLab()) {
      this.skip();
    }
    const folder = temporaryFolder();
    certificates = await makeCertificates(join(folder, 'tls'));
    lab = await startLab({ folder, tls: { certificate: certificates.serverCert, key: certificates.serverKey } });
  });
  after(() => lab?.stop());

  it('is not trusted, and its certificate is shown', async () => {
    await assert.rejects(
      probeRegistry(lab.host, { credentials: noCredentials, certificates: noCertificates }),
      (error: ProbeError) => {
        assert.equal(error.code, 'unknown-ca');
        assert.deepEqual(
          error.steps.map(({ step, state }) => `${step} ${state}`),
          ['name ok', 'port ok', 'tls failed', 'api skipped', 'login skipped'],
        );
        const [own] = error.certificates ?? [];
        assert.equal(own?.subject, 'CN=server');
        assert.equal(own?.issuer, 'CN=Docknotes test authority');
        assert.match(own?.fingerprint ?? '', /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
        assert.match(own?.names ?? '', /localhost/);
        return true;
      },
    );
  });

  it('is trusted by its CA, or by the certificate that it showed', async () => {
    const shown = await fetchCertificates(lab.host, signal);
    for (const pem of [readFileSync(certificates.ca, 'utf8'), shown.at(-1)?.pem ?? '']) {
      const found = await probeRegistry(lab.host, {
        credentials: noCredentials,
        certificates: noCertificates,
        trustedCa: [pem],
      });
      assert.deepEqual(found.address, { host: lab.host, scheme: 'https' });
    }
  });

  it('is reached without verification when that was chosen', async () => {
    const found = await probeRegistry(lab.host, {
      credentials: noCredentials,
      certificates: noCertificates,
      insecure: true,
    });
    assert.equal(found.address.scheme, 'https');
  });

  it('is trusted as soon as certs.d has its CA', async () => {
    const home = join(lab.folder, 'home');
    const options = { address: { host: lab.host, scheme: 'https' }, certificates: certsdIn(home) } as const;
    const before = labClient(options);
    await assert.rejects(before.ping(signal), { code: 'unknown-ca' });
    const folder = join(home, '.config', 'docker', 'certs.d', lab.host);
    mkdirSync(folder, { recursive: true });
    cpSync(certificates.ca, join(folder, 'ca.crt'));
    const afterwards = labClient(options);
    assert.deepEqual(await afterwards.ping(signal), { state: 'open' });
    before.dispose();
    afterwards.dispose();
  });

  it('is not found when plain http is asked for', async () => {
    await assert.rejects(probeRegistry(`http://${lab.host}`, { credentials: noCredentials }), { code: 'tls-required' });
  });
});

describe('a real registry over mutual TLS', function () {
  this.timeout(30_000);
  let lab: Lab;
  let certificates: Certificates;

  before(async function () {
    if (whyNoLab()) {
      this.skip();
    }
    const folder = temporaryFolder();
    certificates = await makeCertificates(join(folder, 'tls'));
    const { serverCert, serverKey, ca } = certificates;
    lab = await startLab({ folder, tls: { certificate: serverCert, key: serverKey, clientcas: [ca] } });
  });
  after(() => lab?.stop());

  it('says that it wants a client certificate', async () => {
    const trustedCa = [readFileSync(certificates.ca, 'utf8')];
    await assert.rejects(
      probeRegistry(lab.host, { credentials: noCredentials, certificates: noCertificates, trustedCa }),
      {
        code: 'client-certificate',
      },
    );
  });

  it('says that a client certificate cannot be read', async () => {
    const certificates = () => Promise.resolve({ ca: [], cert: 'no PEM', key: 'no PEM', problems: [] });
    await assert.rejects(probeRegistry(lab.host, { credentials: noCredentials, certificates }), (error: ProbeError) => {
      assert.equal(error.code, 'client-certificate');
      return error.message.includes('cannot be used');
    });
  });

  it('takes the pair of certs.d', async () => {
    const home = join(lab.folder, 'home');
    const folder = join(home, '.config', 'containers', 'certs.d', lab.host);
    mkdirSync(folder, { recursive: true });
    cpSync(certificates.ca, join(folder, 'ca.crt'));
    cpSync(certificates.clientCert, join(folder, 'client.cert'));
    cpSync(certificates.clientKey, join(folder, 'client.key'));
    const found = await probeRegistry(lab.host, { credentials: noCredentials, certificates: certsdIn(home) });
    assert.equal(found.address.scheme, 'https');
  });
});

describe('servers with other trouble over TLS', function () {
  this.timeout(30_000);
  let folder: string;
  const servers: https.Server[] = [];

  before(function () {
    if (whyNoLab()) {
      this.skip();
    }
    folder = temporaryFolder();
  });
  after(async () => {
    for (const server of servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    rmSync(folder, { recursive: true, force: true });
  });

  /** A server whose certificate is its own CA. `days` below 0: it has expired. */
  async function start(
    name: string,
    answer: (host: string) => [number, Record<string, string>],
    names = 'localhost',
    days = 2,
  ) {
    const file = (suffix: string) => join(folder, `${name}.${suffix}`);
    writeFileSync(file('ext'), `subjectAltName=DNS:${names}`);
    const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', file('key')];
    await capture('openssl', ['req', ...newKey, '-out', file('csr'), '-subj', `/CN=${name}`]);
    const sign = ['x509', '-req', '-in', file('csr'), '-signkey', file('key'), '-days', String(days)];
    await capture('openssl', [...sign, '-extfile', file('ext'), '-out', file('crt')]);
    let host = '';
    const server = https.createServer(
      { key: readFileSync(file('key')), cert: readFileSync(file('crt')) },
      (_request, response) => {
        response.writeHead(...answer(host));
        response.end('{}');
      },
    );
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    host = `localhost:${(server.address() as AddressInfo).port}`;
    return { host, ca: readFileSync(file('crt'), 'utf8') };
  }
  const open = (): [number, Record<string, string>] => [200, {}];
  const probe = (server: { host: string; ca: string }) =>
    probeRegistry(server.host, { credentials: noCredentials, certificates: noCertificates, trustedCa: [server.ca] });

  it('self-signed: unknown until trusted', async () => {
    const server = await start('self', open);
    await assert.rejects(probe({ ...server, ca: '' }), { code: 'unknown-ca' });
    assert.equal((await probe(server)).access, 'open');
  });

  it('a certificate for another name', async () => {
    const server = await start('other', open, 'registry.other');
    await assert.rejects(probe(server), (error: ProbeError) => {
      assert.equal(error.code, 'certificate-name');
      assert.equal(error.certificates?.[0]?.names, 'DNS:registry.other');
      return true;
    });
  });

  it('an expired certificate', async () => {
    await assert.rejects(probe(await start('old', open, 'localhost', -1)), { code: 'certificate-expired' });
  });

  it('a redirect from https down to http is refused', async () => {
    const server = await start('down', (host) => [307, { Location: `http://${host}/v2/` }]);
    await assert.rejects(probe(server), { code: 'unsafe-redirect' });
  });

  it('a token server over plain http is refused', async () => {
    const server = await start('realm', (host) => [401, { 'WWW-Authenticate': `Bearer realm="http://${host}/token"` }]);
    await assert.rejects(probe(server), { code: 'unsafe-realm' });
  });
});
