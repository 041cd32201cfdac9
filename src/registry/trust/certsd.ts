// Reads the certs.d folders in which engines keep the CAs and client certificates of registries.
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';
import { readPlainFile } from '../../local/plainFile.ts';
import { messageOf } from '../../model/errors.ts';
import { dockerHub } from '../../model/reference.ts';
import type { HostCertificates } from '../types.ts';
import { type HostsFile, readHostsFile } from './hostsToml.ts';

const hostsFile = 'hosts.toml';
/** Bytes of a file in such a folder; a bundle of all public CAs has 250 KB. */
const maxFileBytes = 10_000_000;

/** What the reader needs of the machine; tests give their own. */
export interface CertsdSystem {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  /** Names of the entries of a folder; rejects when it is not there or not readable. */
  list(folder: string): Promise<string[]>;
  read(file: string): Promise<string>;
}

const thisMachine: CertsdSystem = {
  platform: process.platform,
  env: process.env,
  home: homedir(),
  list: (folder) => readdir(folder),
  read: async (file) => (await readPlainFile(file, maxFileBytes)).toString(),
};

/**
 * The folders for one host, the person's own before the machine's: Docker (rootless, Desktop), containers
 * (Podman, Skopeo), then the system's. The Windows engine leaves the colon of `host:port` out.
 */
export function certificateFolders(host: string, system: CertsdSystem = thisMachine): string[] {
  const { env, home } = system;
  if (system.platform === 'win32') {
    const flat = host.replaceAll(':', '');
    return [
      win32.join(home, '.docker', 'certs.d', flat),
      win32.join(home, '.config', 'containers', 'certs.d', flat),
      win32.join(env.PROGRAMDATA ?? 'C:\\ProgramData', 'docker', 'certs.d', flat),
    ];
  }
  const config = env.XDG_CONFIG_HOME || posix.join(home, '.config');
  return [
    posix.join(config, 'docker', 'certs.d', host),
    posix.join(home, '.docker', 'certs.d', host),
    posix.join(config, 'containers', 'certs.d', host),
    posix.join('/etc/containers/certs.d', host),
    posix.join('/etc/docker/certs.d', host),
  ];
}

/**
 * Reads the first folder that is there: every `*.crt` is a CA, `X.cert` with `X.key` a client certificate, and a `hosts.toml`
 * names more of both.
 * Never rejects: what cannot be read is named in `problems`. Docker Hub has no folder, as in the engine.
 */
export async function readCertificates(host: string, system: CertsdSystem = thisMachine): Promise<HostCertificates> {
  if (host === dockerHub || /[/\\]|\.\./.test(host)) {
    return { ca: [], problems: [] };
  }
  const problems: string[] = [];
  for (const folder of certificateFolders(host, system)) {
    try {
      const names = (await system.list(folder)).sort();
      return await readFolder({ folder, names, host }, system, problems);
    } catch (error) {
      if (!isAbsent(error)) {
        problems.push(`${folder}: ${messageOf(error)}`);
      }
    }
  }
  return { ca: [], problems };
}

/** The folder that is read for a host, or undefined when none of the usual ones is there. */
export async function certificateFolder(host: string, system: CertsdSystem = thisMachine): Promise<string | undefined> {
  for (const folder of host === dockerHub ? [] : certificateFolders(host, system)) {
    const there = await system.list(folder).then(
      () => true,
      () => false,
    );
    if (there) {
      return folder;
    }
  }
  return undefined;
}

async function readFolder(
  { folder, names, host }: { folder: string; names: string[]; host: string },
  system: CertsdSystem,
  problems: string[],
): Promise<HostCertificates> {
  const { join, resolve } = system.platform === 'win32' ? win32 : posix;
  const read = async (name: string) => {
    try {
      return await system.read(resolve(folder, name));
    } catch (error) {
      problems.push(`${resolve(folder, name)}: ${messageOf(error)}`);
      return undefined;
    }
  };
  const named = names.includes(hostsFile) ? await readHosts() : { ca: [], clients: [] };
  const authorities = [...names.filter((name) => name.endsWith('.crt')), ...named.ca];
  const ca = (await Promise.all(authorities.map(read))).filter((pem) => pem !== undefined);
  for (const name of names) {
    const other = name.endsWith('.cert')
      ? name.replace(/cert$/, 'key')
      : name.endsWith('.key')
        ? name.replace(/key$/, 'cert')
        : name;
    if (!names.includes(other)) {
      problems.push(`${join(folder, name)} needs ${other} beside it`);
    }
  }
  const found = names.find((name) => name.endsWith('.cert') && names.includes(name.replace(/cert$/, 'key')));
  const pair = found === undefined ? named.clients[0] : { cert: found, key: found.replace(/cert$/, 'key') };
  if (pair === undefined) {
    return { ca, problems };
  }
  const [cert, key] = [await read(pair.cert), await read(pair.key)];
  return cert === undefined || key === undefined ? { ca, problems } : { ca, cert, key, problems };

  async function readHosts(): Promise<HostsFile> {
    const text = await read(hostsFile);
    try {
      return await readHostsFile(text ?? '', host);
    } catch (error) {
      problems.push(`${join(folder, hostsFile)}: ${messageOf(error)}`);
      return { ca: [], clients: [] };
    }
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
