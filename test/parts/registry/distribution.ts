// A real registry on a free loopback port: the program docker-registry where there is one, else a registry:2 container.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { hashSync } from 'bcryptjs';
import type { DockerApi } from '../engine/api.ts';
import { sampleLabel } from '../engine/images.ts';
import { howToInstall } from '../machine/packages.ts';
import { freePort, type Part, programOnPath, startInBackground } from '../machine/process.ts';
import { temporaryFolder } from '../machine/temporary.ts';
import { GiveUp, until } from '../until.ts';
import { type Certificates, makeCertificates } from './certificates.ts';

export interface RegistryOptions {
  /** Asks for a login (HTTP basic) with these users and passwords. */
  users?: Record<string, string>;
  /** Serves https with a certificate of an authority that nobody knows; `mutual` asks clients for one too. */
  tls?: boolean | 'mutual';
  /** Keeps the data here; without it they go with `stop`. */
  data?: string;
  /** Is used when it is free. */
  port?: number;
  /** The engine that runs registry:2 where there is no docker-registry program; plain http only. */
  engine?: DockerApi;
}

export interface Registry extends Part {
  /** `127.0.0.1:PORT` */
  readonly address: string;
  readonly port: number;
  /** `http://127.0.0.1:PORT` or `https://…` */
  readonly url: string;
  readonly certificates?: Certificates;
  readonly request: RegistryRequest;
}

/** A request to the registry, with the first user's login and a trusted certificate. Rejects on a status of 400 or above. */
export type RegistryRequest = (
  method: string,
  path: string,
  body?: Uint8Array,
  headers?: Record<string, string>,
) => Promise<{ status: number; headers: IncomingHttpHeaders; text: string }>;

/** Why no such registry can run here, in one sentence; undefined when one can. */
export function whyNoRegistry(options: RegistryOptions = {}): string | undefined {
  if (programOnPath('docker-registry')) {
    return undefined;
  }
  const plain = !options.users && !options.tls;
  return plain && options.engine ? undefined : howToInstall('registry');
}

/** Starts a registry (deletion allowed) and waits until it answers. */
export async function startRegistry(options: RegistryOptions = {}): Promise<Registry> {
  const reason = whyNoRegistry(options);
  if (reason) {
    throw new Error(reason);
  }
  const folder = temporaryFolder('registry');
  try {
    const certificates = options.tls ? await makeCertificates(join(folder, 'tls')) : undefined;
    const port = await freePort(options.port);
    const url = `${certificates ? 'https' : 'http'}://127.0.0.1:${port}`;
    const request = requester(url, options.users, certificates);
    const program = programOnPath('docker-registry');
    const running = program
      ? runProgram(program, folder, port, options, certificates)
      : await runContainer(options.engine as DockerApi, port);
    const stop = async () => {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    };
    try {
      await until(`the registry at ${url} to answer`, async () => {
        await Promise.race([running.failed, request('GET', '/v2/')]);
        return true;
      });
    } catch (error) {
      await running.stop();
      throw error;
    }
    return { address: `127.0.0.1:${port}`, port, url, request, stop, ...(certificates ? { certificates } : {}) };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

interface Running extends Part {
  /** Rejects when the registry has ended by itself. */
  failed: Promise<never>;
}

function runProgram(
  program: string,
  folder: string,
  port: number,
  options: RegistryOptions,
  certificates: Certificates | undefined,
): Running {
  const data = options.data ?? join(folder, 'data');
  mkdirSync(data, { recursive: true });
  const htpasswd = join(folder, 'htpasswd');
  if (options.users) {
    // The registry accepts bcrypt only; a low cost keeps tests fast.
    const lines = Object.entries(options.users).map(([user, password]) => `${user}:${hashSync(password, 4)}\n`);
    writeFileSync(htpasswd, lines.join(''));
  }
  // JSON is YAML too.
  const configuration = {
    version: 0.1,
    log: { level: 'error', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: data }, delete: { enabled: true } },
    catalog: { maxentries: 20_000 },
    http: {
      addr: `127.0.0.1:${port}`,
      secret: 'docknotes',
      ...(certificates
        ? {
            tls: {
              certificate: certificates.serverCert,
              key: certificates.serverKey,
              ...(options.tls === 'mutual' ? { clientcas: [certificates.ca] } : {}),
            },
          }
        : {}),
    },
    ...(options.users ? { auth: { htpasswd: { realm: 'docknotes', path: htpasswd } } } : {}),
  };
  writeFileSync(join(folder, 'config.yml'), JSON.stringify(configuration));
  const child = startInBackground(program, ['serve', join(folder, 'config.yml')], {
    log: join(folder, 'registry.log'),
    graceMs: 3000,
  });
  const failed = child.ended.then((code): never => {
    throw new GiveUp(`docker-registry ended with ${code}:\n${child.tail()}`);
  });
  failed.catch(() => undefined);
  return { failed, stop: () => child.stop() };
}

async function runContainer(engine: DockerApi, port: number): Promise<Running> {
  await engine('POST', '/images/create?fromImage=registry&tag=2');
  const { Id } = (
    await engine('POST', '/containers/create', {
      Image: 'registry:2',
      Labels: { [sampleLabel]: 'true' },
      Env: ['REGISTRY_STORAGE_DELETE_ENABLED=true'],
      ExposedPorts: { '5000/tcp': {} },
      HostConfig: { PortBindings: { '5000/tcp': [{ HostIp: '127.0.0.1', HostPort: String(port) }] } },
    })
  ).json<{ Id: string }>();
  await engine('POST', `/containers/${Id}/start`);
  return {
    failed: new Promise(() => undefined),
    stop: async () => {
      await engine('DELETE', `/containers/${Id}?force=1&v=1`).catch(() => undefined);
    },
  };
}

function requester(
  url: string,
  users: Record<string, string> | undefined,
  certificates: Certificates | undefined,
): RegistryRequest {
  const login = Object.entries(users ?? {})[0];
  const authorization = login ? `Basic ${Buffer.from(login.join(':')).toString('base64')}` : undefined;
  const tls = certificates && {
    ca: readFileSync(certificates.ca),
    cert: readFileSync(certificates.clientCert),
    key: readFileSync(certificates.clientKey),
  };
  return (method, path, body, headers = {}) =>
    new Promise((resolve, reject) => {
      const outgoing = (tls ? httpsRequest : httpRequest)(new URL(path, url), {
        method,
        ...tls,
        headers: { ...(authorization ? { authorization } : {}), 'content-length': body?.length ?? 0, ...headers },
      });
      outgoing.once('error', reject);
      outgoing.once('response', async (incoming) => {
        const chunks: Buffer[] = [];
        for await (const chunk of incoming) {
          chunks.push(chunk as Buffer);
        }
        const text = Buffer.concat(chunks).toString('utf8');
        const status = incoming.statusCode ?? 0;
        if (status >= 400) {
          reject(new Error(`${method} ${path}: ${status} ${text.trim()}`));
        } else {
          resolve({ status, headers: incoming.headers, text });
        }
      });
      outgoing.end(body);
    });
}
