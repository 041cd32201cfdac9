import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { trustInstructions } from '../../../src/model/registries/trustInstructions.ts';
import { type OwnParts, prepareOwn } from '../../../src/registry/own/setup.ts';
import { type DockerApi, dockerApi } from '../../parts/dockerApi.ts';
import { whyNoPrivateEngine } from '../../parts/engine.ts';
import { importImage } from '../../parts/images.ts';
import { type Background, capture, GiveUp, programOnPath, startInBackground, waitFor } from '../../parts/process.ts';
import { tar } from '../../parts/tar.ts';
import { removeTemporary, temporaryFolder } from '../../parts/temporary.ts';

const host = 'registry.lab:5110';
const login = { username: 'alice', password: 's3cret' };

/**
 * To an engine every registry on loopback is insecure, so certs.d counts for nothing there. Here engine and registry have
 * a network with another address, and an /etc/docker and /etc/hosts of their own.
 */
const script = `
ip link set lo up
ip addr add 10.200.0.1/32 dev lo
mount --bind "$FOLDER/hosts" /etc/hosts
mount --bind "$FOLDER/etc-docker" /etc/docker
docker-registry serve "$FOLDER/config.yml" &
exec dockerd --host "unix://$FOLDER/docker.sock" --data-root "$FOLDER/data" --exec-root "$FOLDER/exec" \\
  --pidfile "$FOLDER/docker.pid" --config-file "$FOLDER/daemon.json" --bridge none --iptables=false --ip6tables=false \\
  --storage-driver vfs
`;

describe('certs.d, as the instructions say', function () {
  this.timeout(60_000);
  let folder: string;
  let namespace: Background | undefined;
  let api: DockerApi;
  let parts: OwnParts;

  before(async function () {
    if (whyNoPrivateEngine() || !programOnPath('docker-registry') || !existsSync('/etc/docker')) {
      this.skip();
    }
    folder = temporaryFolder('certsd');
    parts = await prepareOwn({ names: ['registry.lab'], folder: join(folder, 'own'), login, deletion: true });
    namespace = startInBackground('unshare', ['--mount', '--net', 'sh', '-ec', script], {
      log: join(folder, 'namespace.log'),
      env: {
        ...process.env,
        ...environmentOf(parts, folder),
        FOLDER: folder,
        PATH: `${process.env.PATH}:/usr/sbin:/sbin`,
      },
      graceMs: 20_000,
    });
    api = dockerApi(`unix://${join(folder, 'docker.sock')}`);
    const { ended, tail } = namespace;
    await waitFor('the engine to answer', async () => {
      const code = await Promise.race([ended, api('GET', '/_ping').then(() => undefined)]);
      if (code !== undefined) {
        throw new GiveUp(`it ended with ${code}: ${tail()}`);
      }
      return true;
    });
    await importImage(api, `${host}/team/box:1`, tar([{ path: 'hello', content: 'hello' }]));
  });

  after(async () => {
    await namespace?.stop();
    if (folder) {
      await removeTemporary(folder);
    }
  });

  const push = () => {
    const auth = Buffer.from(JSON.stringify({ ...login, serveraddress: host })).toString('base64');
    return api('POST', `/images/${host}/team/box/push?tag=1`, undefined, { 'X-Registry-Auth': auth });
  };

  it('makes the engine accept the certificate that it refused before', async () => {
    await assert.rejects(push(), /x509: certificate signed by unknown authority/);
    const { pem = '', fingerprint = '', file = '' } = parts.ca ?? {};
    const page = trustInstructions({ hosts: [host], pem, fingerprint, file }, { platform: 'linux', kind: 'docker' });
    const command = /```sh\nsudo (install .*)\n```/.exec(page)?.[1] ?? '';
    await capture('nsenter', ['--target', String(namespace?.pid), '--mount', 'sh', '-ec', command]);
    await push();
    assert.equal(readFileSync(join(folder, 'etc-docker', 'certs.d', host, 'ca.crt'), 'utf8'), pem);
  });
});

/** Writes what the container would be given below the folder, and names it for a registry that runs without a container. */
function environmentOf({ env, files }: OwnParts, folder: string): Record<string, string> {
  mkdirSync(join(folder, 'etc-docker'));
  writeFileSync(join(folder, 'hosts'), '127.0.0.1 localhost\n10.200.0.1 registry.lab\n');
  writeFileSync(join(folder, 'daemon.json'), '{}');
  writeFileSync(join(folder, 'config.yml'), 'version: 0.1\nlog: {level: error}\nstorage: {filesystem: {}}\nhttp: {}\n');
  for (const { path, content, mode } of files) {
    mkdirSync(join(folder, 'root', dirname(path)), { recursive: true });
    writeFileSync(join(folder, 'root', path), content);
    chmodSync(join(folder, 'root', path), mode);
  }
  const variables = Object.fromEntries(env.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]));
  const moved = Object.entries(variables).map(([name, value]) => [
    name,
    value.startsWith('/') ? join(folder, 'root', value) : value,
  ]);
  return { ...Object.fromEntries(moved), REGISTRY_HTTP_ADDR: '10.200.0.1:5110' };
}
