// The engines that the suites are run on, and the ways to them: a socket, tcp with TLS, ssh; Docker and Podman.
import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import { it } from 'mocha';
import type { Engine } from '../../../src/engine/types.ts';
import { makeCertificates } from '../../parts/certificates.ts';
import { type DockerApi, dockerApi } from '../../parts/dockerApi.ts';
import { realParts } from '../../parts/environment.ts';
import { importImage } from '../../parts/images.ts';
import { startPodman, whyNoPodman } from '../../parts/podman.ts';
import type { Part } from '../../parts/process.ts';
import { startSshServer, whyNoSshServer } from '../../parts/sshServer.ts';
import { temporaryFolder } from '../../parts/temporary.ts';
import { engineOn } from './support.ts';

export interface Way {
  name: string;
  /** Why it cannot be tried here, in one sentence. */
  why(): string | undefined;
  /** The engine itself, asked directly. */
  backend(): Promise<Part & { url: string; api: DockerApi }>;
  /** The way to a socket: makes engines of ours that go it. */
  to(socket: string): Promise<Part & { open(): Engine }>;
  /** How the engine writes a reference that names no registry. */
  named(reference: string): string;
  /** Imports an archive as an image. */
  importImage(api: DockerApi, reference: string, archive: Buffer): Promise<void>;
  /** What the engine lacks: titles of tests that do not hold on it, each with the reason. */
  lacks: Readonly<Record<string, string>>;
}

/** `it` for the tests that hold on this way; those that an engine lacks are named in `lacks` instead. */
export function testsOf(way: Way): (title: string, test: () => void | Promise<void>) => void {
  return (title, test) => {
    if (!(title in way.lacks)) {
      it(title, test);
    }
  };
}

const docker = async () => ({ url: realParts().engine, api: dockerApi(realParts().engine), stop: async () => {} });
const socket = async (url: string) => ({ open: () => engineOn(url), stop: async () => {} });

const as = (reference: string) => reference;

/** What Podman 4.3 lacks, found by running these tests on it; the README names it for people. */
const podmanLacks: Way['lacks'] = {
  'tells of health': 'Podman leaves health checks to timers of systemd, and does not tell of them in its lists.',
  'leaves a container that goes on': 'Podman 4 does not leave a container at the detach keys over this interface.',
  'gives the exit code of a container that removes itself': 'Podman 4 may have forgotten it by then.',
  'tells of layers, and the digest of what was pulled': 'Podman 4 reports neither.',
  'names the container that uses an image': 'Podman 4 says only that one does.',
  'keeps networks': 'Podman 4 has no event for a network that is made or removed.',
};

export const ways: Way[] = [
  { name: 'a socket', why: () => undefined, backend: docker, named: as, importImage, to: socket, lacks: {} },
  { name: 'tcp with TLS', why: () => undefined, backend: docker, named: as, importImage, to: overTls, lacks: {} },
  { name: 'ssh', why: whyNoSshServer, backend: docker, named: as, importImage, to: overSsh, lacks: {} },
  {
    name: "Podman's socket",
    why: whyNoPodman,
    backend: () => startPodman([realParts().registry, realParts().loginRegistry]),
    named: (reference) => `docker.io/library/${reference}`,
    async importImage(api, reference, archive) {
      await importImage(api, reference, archive);
      // Podman 4.3 reads the tag and uses `latest`.
      const [repository, tag] = [reference.slice(0, reference.lastIndexOf(':')), reference.split(':').at(-1)];
      await api('POST', `/images/${repository}:latest/tag?repo=${repository}&tag=${tag}`);
      await api('DELETE', `/images/${repository}:latest`);
    },
    to: socket,
    lacks: podmanLacks,
  },
];

/** A server that asks for a certificate of the authority, as dockerd does with --tlsverify. */
async function overTls(url: string): Promise<Part & { open(): Engine }> {
  const folder = temporaryFolder('tls');
  const { ca, clientCert, clientKey, serverCert, serverKey } = await makeCertificates(join(folder, 'made'));
  const certificates = join(folder, 'client');
  mkdirSync(certificates);
  copyFileSync(ca, join(certificates, 'ca.pem'));
  copyFileSync(clientCert, join(certificates, 'cert.pem'));
  copyFileSync(clientKey, join(certificates, 'key.pem'));
  const server = tls.createServer(
    {
      ca: readFileSync(ca),
      cert: readFileSync(serverCert),
      key: readFileSync(serverKey),
      requestCert: true,
      rejectUnauthorized: true,
      // The end of a process's input must not end its output.
      allowHalfOpen: true,
    },
    (client) => {
      const behind = net.connect({ path: url.replace('unix://', ''), allowHalfOpen: true });
      for (const each of [client, behind]) {
        each.on('error', () => {}).on('close', () => [client, behind].map((one) => one.destroy()));
      }
      client.pipe(behind).pipe(client);
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const env = { DOCKER_CERT_PATH: certificates, DOCKER_TLS_VERIFY: '1' };
  return {
    open: () => engineOn(address, [], env),
    async stop() {
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function overSsh(url: string): Promise<Part & { open(): Engine }> {
  const server = await startSshServer();
  const before = process.env.PATH;
  process.env.PATH = server.path;
  return {
    open: () => engineOn(url.replace('unix://', 'ssh://lab')),
    async stop() {
      process.env.PATH = before;
      await server.stop();
    },
  };
}
