// An engine over TCP with TLS: certificates of DOCKER_CERT_PATH or the docker context, and what is said when they do not fit.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { connect } from '../../../src/engine/connect.ts';
import { chooseEndpoint, machine } from '../../../src/engine/connection/discover.ts';
import type { Endpoint } from '../../../src/model/engines/endpoint.ts';
import { EngineError } from '../../../src/model/engines/error.ts';
import { type PrivateEngine, startEngine, whyNoPrivateEngine } from '../../parts/engine/docker.ts';
import { ensureBaseImage } from '../../parts/engine/images.ts';
import { freePort } from '../../parts/machine/process.ts';
import { temporaryFolder } from '../../parts/machine/temporary.ts';
import { type Certificates, makeCertificates } from '../../parts/registry/certificates.ts';

describe('an engine behind TLS', function () {
  this.timeout(60_000);
  const folder = temporaryFolder('tls');
  let certificates: Certificates;
  let own: PrivateEngine;
  let url: string;

  before(async function () {
    if (whyNoPrivateEngine()) {
      this.skip();
    }
    certificates = await makeCertificates(join(folder, 'made'));
    const port = await freePort();
    const { ca, serverCert, serverKey } = certificates;
    const more = ['--tlsverify', '--tlscacert', ca, '--tlscert', serverCert, '--tlskey', serverKey];
    own = await startEngine({ more: ['--host', `tcp://127.0.0.1:${port}`, ...more] });
    await ensureBaseImage(own.api);
    url = `tcp://127.0.0.1:${port}`;
  });

  after(async () => {
    await own?.stop();
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
    mkdirSync(files, { recursive: true });
    writeFileSync(join(files, 'ca.pem'), text(certificates.ca));
    writeFileSync(join(files, 'cert.pem'), text(certificates.clientCert));
    writeFileSync(join(files, 'key.pem'), text(certificates.clientKey));
    const env = { DOCKER_HOST: url, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: files };
    const connection = await connect(chooseEndpoint(undefined, { ...machine, env }));
    try {
      const { id } = await connection.client.containers.create({ image: 'busybox', command: ['sleep', '60'] });
      await connection.client.containers.start(id);
      const session = await connection.client.containers.exec(id, { command: ['cat'], input: true });
      let output = '';
      session.onOutput((data) => {
        output += Buffer.from(data);
      });
      session.write('over TLS');
      session.end();
      assert.equal(await session.ended, 0);
      assert.equal(output, 'over TLS');
      await connection.client.containers.remove(id, { force: true });
    } finally {
      connection.dispose();
    }
  });

  it('takes the certificates of the docker context', async () => {
    const home = join(folder, 'home');
    const hash = createHash('sha256').update('lab').digest('hex');
    const contexts = join(home, '.docker', 'contexts');
    mkdirSync(join(contexts, 'meta', hash), { recursive: true });
    mkdirSync(join(contexts, 'tls', hash, 'docker'), { recursive: true });
    const meta = { Name: 'lab', Endpoints: { docker: { Host: url, SkipTLSVerify: false } } };
    writeFileSync(join(contexts, 'meta', hash, 'meta.json'), JSON.stringify(meta));
    for (const [name, file] of [
      ['ca', certificates.ca],
      ['cert', certificates.clientCert],
      ['key', certificates.clientKey],
    ] as const) {
      writeFileSync(join(contexts, 'tls', hash, 'docker', `${name}.pem`), text(file));
    }
    const endpoint = chooseEndpoint(undefined, { ...machine, env: { DOCKER_CONTEXT: 'lab' }, home });
    const connection = await connect(endpoint);
    assert.ok(connection.version);
    connection.dispose();
  });

  it('connects unverified where the context says so', async () => {
    (await connect({ url, source: 'setting', tls: { ...client(), verify: false } })).dispose();
  });

  it('says that TLS is the trouble', async () => {
    assert.equal(await problem({ ...client(), verify: true }), 'tls', 'an authority that is not known');
    assert.equal(await problem({ ca: text(certificates.ca), verify: true }), 'tls', 'no certificate of ours');
  });
});
