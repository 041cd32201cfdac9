// The engines that the suites are run on, and the ways to them: a socket, tcp with TLS, ssh; Docker and Podman.
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import { after, describe, it, type Suite } from 'mocha';
import { type Connection, connect } from '../../src/engine/connect.ts';
import { chooseEndpoint, machine } from '../../src/engine/connection/discover.ts';
import type { Engine } from '../../src/engine/types.ts';
import { type DockerApi, dockerApi } from '../parts/engine/api.ts';
import { startEngine, whyNoPrivateEngine } from '../parts/engine/docker.ts';
import { importImage } from '../parts/engine/images.ts';
import { startPodman, whyNoPodman } from '../parts/engine/podman.ts';
import { startSshServer, whyNoSshServer } from '../parts/engine/ssh.ts';
import type { Part } from '../parts/machine/process.ts';
import { removeTemporary, temporaryFolder } from '../parts/machine/temporary.ts';
import { makeCertificates } from '../parts/registry/certificates.ts';
import { realParts } from '../parts/run/environment.ts';
import { engineOn } from './engine/support.ts';
import { podmanLacks } from './podmanLacks.ts';

/** An engine itself, asked directly. */
export interface Backend {
  url: string;
  api: DockerApi;
}

/** An engine of a suite's own, which can be made to die. */
export interface Mortal extends Backend, Part {
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

/** A way that leads to one socket. */
export interface Door extends Part {
  open(log?: string[]): Engine;
  connect(): Promise<Connection>;
}

export interface Way {
  name: string;
  /** Why it cannot be tried here, in one sentence. */
  why(): string | undefined;
  /** The engine that all suites share. */
  backend(): Promise<Backend>;
  /** Why an engine of one's own cannot be started here. */
  whyNoMortal(): string | undefined;
  mortal(): Promise<Mortal>;
  /** The way to a socket: makes engines of ours that go it. */
  to(socket: string): Promise<Door>;
  /** How the engine writes a reference that names no registry. */
  named(reference: string): string;
  /** Imports an archive as an image. */
  importImage(api: DockerApi, reference: string, archive: Buffer): Promise<void>;
  /** Whether the tests that take long, and are about the engine and not the way to it, are run at their full size. */
  full: boolean;
  /** Of the many run lines, one in how many is tried. */
  everyLine: number;
  /** Full lists that failures of the engine itself may cost while the model is kept true. */
  spareLists: number;
  /** Whether an image's health check is told; without it a container's line writes the check out, as nearly as a line can. */
  tellsHealthOfImages: boolean;
  /** What the engine lacks: titles of tests that do not hold on it, each with the reason. */
  lacks: Readonly<Record<string, string>>;
}

/** One suite on every way, each named after it. */
export function describeWays(title: string, suite: (this: Suite, way: Way) => void): void {
  for (const way of ways) {
    describe(`${title} over ${way.name}`, function () {
      suite.call(this, way);
    });
  }
}

/** `it` for the tests that hold on this way; those that an engine lacks are named in `lacks` instead. */
export function testsOf(way: Way): (title: string, test: () => void | Promise<void>) => void {
  return (title, test) => {
    if (!(title in way.lacks)) {
      it(title, test);
    }
  };
}

const docker = {
  backend: async () => ({ url: realParts().engine, api: dockerApi(realParts().engine) }),
  whyNoMortal: whyNoPrivateEngine,
  mortal: () => startEngine(),
  named: (reference: string) => reference,
  importImage,
  spareLists: 0,
  tellsHealthOfImages: true,
  lacks: {},
};

/** Parts that several suites share, each started when it is first needed. */
const shared: Part[] = [];
after(async () => {
  for (const part of shared) {
    await part.stop();
  }
});

function sharedPart<T extends Part>(start: () => Promise<T>): () => Promise<T> {
  let started: Promise<T> | undefined;
  return () => {
    started ??= start().then((part) => {
      shared.push(part);
      return part;
    });
    return started;
  };
}

const podman = sharedPart(() => startPodman([realParts().registry, realParts().loginRegistry]));
const sshServer = sharedPart(() => startSshServer());
const certificates = sharedPart(async () => {
  const folder = temporaryFolder('tls');
  const made = await makeCertificates(join(folder, 'made'));
  // As DOCKER_CERT_PATH names them.
  const client = join(folder, 'client');
  mkdirSync(client);
  copyFileSync(made.ca, join(client, 'ca.pem'));
  copyFileSync(made.clientCert, join(client, 'cert.pem'));
  copyFileSync(made.clientKey, join(client, 'key.pem'));
  return { ...made, client, stop: () => removeTemporary(folder) };
});

export const ways: readonly Way[] = [
  { ...docker, name: 'a socket', full: true, everyLine: 1, why: () => undefined, to: async (socket) => door(socket) },
  { ...docker, name: 'tcp with TLS', full: false, everyLine: 12, why: () => undefined, to: overTls },
  { ...docker, name: 'ssh', full: false, everyLine: 12, why: whyNoSshServer, to: overSsh },
  {
    name: "Podman's socket",
    full: true,
    // Podman takes a third of a second for each line; all of them are tried with DOCKNOTES_TEST_LONG=1.
    everyLine: process.env.DOCKNOTES_TEST_LONG === '1' ? 1 : 12,
    why: whyNoPodman,
    backend: podman,
    whyNoMortal: whyNoPodman,
    mortal: () => startPodman(),
    named: (reference) => `docker.io/library/${reference}`,
    async importImage(api, reference, archive) {
      await importImage(api, reference, archive);
      // Podman 4.3 reads the tag and uses `latest`.
      const [repository, tag] = [reference.slice(0, reference.lastIndexOf(':')), reference.split(':').at(-1)];
      await api('POST', `/images/${repository}:latest/tag?repo=${repository}&tag=${tag}`);
      await api('DELETE', `/images/${repository}:latest`);
    },
    to: async (socket) => door(socket),
    // Podman 4 answers 500 to a list from which an image goes at that moment; everything is listed once more then.
    spareLists: 1,
    tellsHealthOfImages: false,
    lacks: podmanLacks,
  },
];

function door(
  address: string,
  env: Readonly<Record<string, string>> = {},
  stop: () => Promise<void> = async () => {},
): Door {
  return {
    open: (log = []) => engineOn(address, log, env),
    connect: () => connect(chooseEndpoint(address, { ...machine, env, home: '/nowhere' })),
    stop,
  };
}

/** A server that asks for a certificate of the authority, as dockerd does with --tlsverify. */
async function overTls(socket: string): Promise<Door> {
  const { ca, client, serverCert, serverKey } = await certificates();
  const open = new Set<net.Socket>();
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
    (incoming) => {
      const behind = net.connect({ path: socket.replace('unix://', ''), allowHalfOpen: true });
      for (const each of [incoming, behind]) {
        each.on('error', () => {}).on('close', () => [incoming, behind].map((one) => one.destroy()));
      }
      incoming.pipe(behind).pipe(incoming);
    },
  );
  // Also those that have not agreed on TLS yet.
  server.on('connection', (incoming) => {
    open.add(incoming);
    incoming.once('close', () => open.delete(incoming));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return door(
    `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    { DOCKER_CERT_PATH: client, DOCKER_TLS_VERIFY: '1' },
    async () => {
      for (const each of open) {
        each.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  );
}

async function overSsh(socket: string): Promise<Door> {
  const { path } = await sshServer();
  const before = process.env.PATH;
  process.env.PATH = path;
  return door(socket.replace('unix://', 'ssh://lab'), {}, async () => {
    process.env.PATH = before;
  });
}
