// certs.d for real: an engine and a registry in a network of their own, where nothing is on loopback, and our client beside them.

import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { dockerApi } from '../../parts/engine/api.ts';
import { whyNoPrivateEngine } from '../../parts/engine/docker.ts';
import { importImage } from '../../parts/engine/images.ts';
import { type Background, capture, programOnPath, root, startInBackground } from '../../parts/machine/process.ts';
import { tar } from '../../parts/machine/tar.ts';
import { removeTemporary, temporaryFolder } from '../../parts/machine/temporary.ts';
import { makeCertificates } from '../../parts/registry/certificates.ts';
import { GiveUp, until } from '../../parts/until.ts';
import type { Outcome } from './certsdInside.ts';

const host = 'registry.lab:5111';

/** Registries whose CA is trusted and whose certificate has another fault; what the engine and we call it. */
const day = 24 * 3600 * 1000;
const troubled = [
  {
    code: 'certificate-expired',
    at: 'registry.lab:5112',
    names: 'DNS:registry.lab',
    validity: { from: new Date(Date.now() - 3 * day), to: new Date(Date.now() - day) },
    engineWords: /x509: certificate has expired or is not yet valid: current time \S+ is after/,
    sentence: /has expired/,
  },
  {
    code: 'certificate-not-yet-valid',
    at: 'registry.lab:5113',
    names: 'DNS:registry.lab',
    validity: { from: new Date(Date.now() + day), to: new Date(Date.now() + 3 * day) },
    engineWords: /x509: certificate has expired or is not yet valid: current time \S+ is before/,
    sentence: /is not valid yet/,
  },
  {
    code: 'certificate-name',
    at: 'registry.lab:5114',
    names: 'DNS:other.lab',
    validity: undefined,
    engineWords: /x509: certificate is valid for other\.lab, not registry\.lab/,
    sentence: /is for another name/,
  },
];

const script = `
ip link set lo up
ip addr add 10.200.0.2/32 dev lo
mount --bind "$FOLDER/hosts" /etc/hosts
mount --bind "$FOLDER/etc-docker" /etc/docker
for config in "$FOLDER"/config*.yml; do docker-registry serve "$config" & done
exec dockerd --host "unix://$FOLDER/docker.sock" --data-root "$FOLDER/data" --exec-root "$FOLDER/exec" \\
  --pidfile "$FOLDER/docker.pid" --config-file "$FOLDER/daemon.json" --bridge none --iptables=false --ip6tables=false \\
  --storage-driver vfs
`;

describe('certs.d, read by the engine and by us', function () {
  this.timeout(90_000);
  let folder: string;
  let namespace: Background | undefined;

  before(async function () {
    if (whyNoPrivateEngine() || !programOnPath('docker-registry') || !existsSync('/etc/docker')) {
      this.skip();
    }
    folder = temporaryFolder('certsd');
    await makeCertificates(join(folder, 'tls'), 'DNS:registry.lab');
    writeConfiguration(folder);
    writeRegistry(folder, 'config', host, 'tls');
    for (const { code, at, names, validity } of troubled) {
      await makeCertificates(join(folder, code), names, validity);
      writeRegistry(folder, `config-${code}`, at, code);
    }
    namespace = startInBackground('unshare', ['--mount', '--net', 'sh', '-ec', script], {
      log: join(folder, 'namespace.log'),
      env: { ...process.env, FOLDER: folder, PATH: `${process.env.PATH}:/usr/sbin:/sbin` },
      graceMs: 20_000,
    });
    const api = dockerApi(`unix://${join(folder, 'docker.sock')}`);
    const { ended, tail } = namespace;
    await until('the engine to answer', async () => {
      const code = await Promise.race([ended, api('GET', '/_ping').then(() => undefined)]);
      if (code !== undefined) {
        throw new GiveUp(`it ended with ${code}: ${tail()}`);
      }
      return true;
    });
    for (const at of [host, ...troubled.map((each) => each.at)]) {
      await importImage(api, `${at}/team/box:1`, tar([{ path: 'hello', content: 'hello' }]));
    }
  });

  after(async () => {
    await namespace?.stop();
    if (folder) {
      await removeTemporary(folder);
    }
  });

  /** Runs the product's parts where the engine is, and gives what they said. */
  const inside = (...steps: string[]) => insideAt(host, ...steps);
  async function insideAt(at: string, ...steps: string[]): Promise<Outcome[]> {
    const program = join(root, 'test', 'real', 'registries', 'certsdInside.ts');
    const output = await capture('nsenter', [
      ...['--target', String(namespace?.pid), '--mount', '--net'],
      ...[process.execPath, program, `unix://${join(folder, 'docker.sock')}`, at, ...steps],
    ]);
    return output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Outcome);
  }

  function trust(file: string, at = host): void {
    const certsd = join(folder, 'etc-docker', 'certs.d', at);
    rmSync(certsd, { recursive: true, force: true });
    mkdirSync(certsd, { recursive: true });
    cpSync(file, join(certsd, 'ca.crt'));
  }

  it('without ca.crt, the engine refuses with x509, and the folder is named', async () => {
    const [pushed, added] = await inside('push', 'add');
    assert.equal(pushed?.code, 'unknown-ca');
    assert.match(pushed?.cause ?? '', /x509: certificate signed by unknown authority/);
    assert.ok(pushed?.message?.includes(`/etc/docker/certs.d/${host}/ca.crt`), pushed?.message);
    assert.equal(added?.code, 'unknown-ca');
  });

  it('with the CA there, the engine pushes and pulls, and we browse with the same folder', async () => {
    trust(join(folder, 'tls', 'ca.crt'));
    const outcomes = await inside('push', 'pull', 'add', 'list');
    assert.deepEqual(
      outcomes.map(({ step, code }) => [step, code]),
      [
        ['push', undefined],
        ['pull', undefined],
        ['add', undefined],
        ['list', undefined],
      ],
    );
    assert.deepEqual(outcomes.at(-1)?.names, ['team/box:1']);
  });

  it('with the one certificate that the registry shows there, both do as well', async () => {
    trust(join(folder, 'tls', 'server.crt'));
    const outcomes = await inside('push', 'add', 'list');
    assert.deepEqual(
      outcomes.map(({ code }) => code),
      [undefined, undefined, undefined],
    );
  });

  for (const { code, at, engineWords, sentence } of troubled) {
    it(`tells ${code} from a CA that is not known, in a push, a pull and an addition`, async () => {
      trust(join(folder, code, 'ca.crt'), at);
      const outcomes = await insideAt(at, 'push', 'pull', 'add');
      assert.deepEqual(
        outcomes.map(({ step, code: found }) => [step, found]),
        ['push', 'pull', 'add'].map((step) => [step, code]),
      );
      for (const { step, message = '', cause = '' } of outcomes) {
        assert.match(message, sentence);
        assert.doesNotMatch(message, /certs\.d/);
        if (step !== 'add') {
          assert.match(cause, engineWords);
        }
      }
    });
  }
});

function writeConfiguration(folder: string): void {
  mkdirSync(join(folder, 'etc-docker'));
  writeFileSync(join(folder, 'hosts'), '127.0.0.1 localhost\n10.200.0.2 registry.lab\n');
  writeFileSync(join(folder, 'daemon.json'), '{}');
}

/** The configuration of one registry, which shows the server's certificate of a folder. */
function writeRegistry(folder: string, name: string, at: string, certificates: string): void {
  writeFileSync(
    join(folder, `${name}.yml`),
    JSON.stringify({
      version: 0.1,
      log: { level: 'error' },
      storage: { filesystem: { rootdirectory: join(folder, 'registry') } },
      http: {
        addr: at.replace('registry.lab', '10.200.0.2'),
        secret: 'lab',
        tls: { certificate: join(folder, certificates, 'server.crt'), key: join(folder, certificates, 'server.key') },
      },
    }),
  );
}
