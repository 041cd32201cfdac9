// An engine over TCP with TLS: certificates of the docker context, and what is said when they do not fit.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import { after, before, describe, it } from 'mocha';
import { connect } from '../../../src/engine/client.ts';
import { chooseEndpoint, machine } from '../../../src/engine/endpoint.ts';
import type { Endpoint } from '../../../src/model/endpoint.ts';
import { EngineError } from '../../../src/model/engineError.ts';
import { type Certificates, makeCertificates } from '../../parts/certificates.ts';
import { dockerApi } from '../../parts/dockerApi.ts';
import { realParts } from '../../parts/environment.ts';
import { ensureBaseImage } from '../../parts/images.ts';
import { temporaryFolder } from '../../parts/temporary.ts';

describe('an engine behind TLS', function () {
  this.timeout(30_000);
  const folder = temporaryFolder('tls');
  const sockets = new Set<net.Socket>();
  let certificates: Certificates;
  let server: tls.Server;
  let url: string;

  before(async () => {
    certificates = await makeCertificates(join(folder, 'made'));
    await ensureBaseImage(dockerApi(realParts().engine));
    const engine = realParts().engine.replace('unix://', '');
    // As dockerd with --tlsverify: nobody gets through without a certificate of the authority.
    const options = {
      ca: readFileSync(certificates.ca),
      cert: readFileSync(certificates.serverCert),
      key: readFileSync(certificates.serverKey),
      requestCert: true,
      rejectUnauthorized: true,
      // The end of a process's input must not end its output.
      allowHalfOpen: true,
    };
    server = tls.createServer(options, (client) => {
      const behind = net.connect({ path: engine, allowHalfOpen: true });
      sockets.add(client);
      for (const socket of [client, behind]) {
        socket.on('error', () => {}).on('close', () => [client, behind].map((each) => each.destroy()));
      }
      client.pipe(behind);
      behind.pipe(client);
    });
    server.on('tlsClientError', () => {});
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  after(() => {
    for (const socket of sockets) {
      socket.destroy();
    }
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const text = (file: string) => readFileSync(file, 'utf8');
  const client = () => ({ cert: text(certificates.clientCert), key: text(certificates.clientKey) });

  async function problem(with_: Endpoint['tls']): Promise<string | undefined> {
    const error = await connect({ url, source: 'setting', ...(with_ && { tls: with_ }) }).then(
      () => assert.fail('it connected'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof EngineError);
    return error.problem;
  }

  it('lists, and runs a process, with the certificates of DOCKER_CERT_PATH', async () => {
    const files = join(folder, 'certs');
    mkdirSync(files);
    writeFileSync(join(files, 'ca.pem'), text(certificates.ca));
    writeFileSync(join(files, 'cert.pem'), text(certificates.clientCert));
    writeFileSync(join(files, 'key.pem'), text(certificates.clientKey));
    const env = { DOCKER_HOST: url, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: files };
    const connection = await connect(chooseEndpoint(undefined, { ...machine, env }));
    try {
      const { id } = await connection.client.createContainer({ image: 'busybox', command: ['sleep', '60'] });
      await connection.client.startContainer(id);
      const session = await connection.client.exec(id, { command: ['cat'], input: true });
      let output = '';
      session.onOutput((data) => {
        output += Buffer.from(data);
      });
      session.write('over TLS');
      session.end();
      assert.equal(await session.ended, 0);
      assert.equal(output, 'over TLS');
      await connection.client.removeContainer(id, { force: true });
    } finally {
      connection.dispose();
    }
  });

  it('connects unverified where the context says so', async () => {
    (await connect({ url, source: 'setting', tls: { ...client(), verify: false } })).dispose();
  });

  it('says that TLS is the trouble', async () => {
    assert.equal(await problem({ ...client(), verify: true }), 'tls', 'an authority that is not known');
    assert.equal(await problem({ ca: text(certificates.ca), verify: true }), 'tls', 'no certificate of ours');
  });
});
