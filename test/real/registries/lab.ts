// Real registries for the tests of the client: the program docker-registry with any configuration, and a way to fill it.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRegistryClient } from '../../../src/registry/api/client.ts';
import type { RegistryOptions } from '../../../src/registry/types.ts';
import { freePort, programOnPath, startInBackground } from '../../parts/machine/process.ts';
import { type Certificates, makeCertificates } from '../../parts/registry/certificates.ts';
import { until } from '../../parts/until.ts';

export interface Lab {
  /** `localhost:PORT` */
  host: string;
  port: number;
  folder: string;
  stop(): Promise<void>;
}

export interface LabOptions {
  /** Parts of the registry's configuration besides storage and address. */
  auth?: object;
  tls?: object;
  deletion?: boolean;
  folder?: string;
}

export const signal = new AbortController().signal;

/** Why these tests cannot run here; undefined when they can. */
export function whyNoLab(): string | undefined {
  return programOnPath('docker-registry') && programOnPath('openssl')
    ? undefined
    : 'docker-registry or openssl is not installed';
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'docknotes-lab-'));
}

/** Starts a registry on loopback and waits until its port is open. Its folder goes with it. */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const folder = options.folder ?? temporaryFolder();
  const port = await freePort();
  const configuration = {
    version: 0.1,
    log: { level: 'error', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(folder, 'data') }, delete: { enabled: options.deletion ?? true } },
    http: { addr: `localhost:${port}`, secret: 'lab', ...(options.tls ? { tls: options.tls } : {}) },
    ...(options.auth ? { auth: options.auth } : {}),
  };
  writeFileSync(join(folder, 'config.yml'), JSON.stringify(configuration));
  const program = startInBackground('docker-registry', ['serve', join(folder, 'config.yml')], {
    log: join(folder, 'log'),
  });
  try {
    await until(`the registry at port ${port}`, () => isOpen(port));
  } catch (error) {
    await program.stop();
    throw new Error(`${String(error)}\n${program.tail()}`);
  }
  return {
    host: `localhost:${port}`,
    port,
    folder,
    async stop() {
      await program.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A client that reads nothing from this machine's own folders. */
export function labClient(
  options: Omit<RegistryOptions, 'credentials'> & Partial<Pick<RegistryOptions, 'credentials'>>,
) {
  return createRegistryClient({ credentials: noCredentials, certificates: noCertificates, ...options });
}

export const noCredentials = { find: () => Promise.resolve(undefined) };
export const noCertificates = () => Promise.resolve({ ca: [], problems: [] });

export async function collect(pages: AsyncIterable<string[]>): Promise<string[]> {
  const names: string[] = [];
  for await (const page of pages) {
    names.push(...page);
  }
  return names;
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, 'localhost');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

export { type Certificates, makeCertificates };
