// What one's own registry needs besides its image: names, certificates, a password file, and how to tell it of them.
import { homedir, hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { domainToASCII } from 'node:url';
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { parseAddress } from '../../model/reference.ts';
import { certificatesIn } from './folder.ts';
import { passwordLine } from './passwordFile.ts';

/** What can be offered to a person on this machine. */
export interface OwnOffer {
  /** Where the certificates of a registry with this container name may be kept. */
  folder: string;
  /** The machine's host name and the addresses under which others of its network may reach it. */
  names: string[];
  /** Of this machine. */
  platform: 'linux' | 'darwin' | 'win32';
}

/** What a registry is to have. */
export interface OwnPlan {
  /** The names that clients use; the certificate must be for each of them. */
  names: readonly string[];
  /** The folder of the certificates; without it the registry speaks plain http. */
  folder?: string;
  /** Allows a new server certificate of the same authority, where the one in the folder does not do. */
  renew?: boolean;
  login?: { username: string; password: string };
  /** Allows deletion, which a registry refuses unless told otherwise. */
  deletion: boolean;
}

/** A file for a container, by its absolute path in there. */
export interface OwnFile {
  path: string;
  content: string;
  /** Permission bits. */
  mode: number;
}

/** What the container is given. */
export interface OwnParts {
  /** `NAME=value`; never a secret. */
  env: string[];
  /** Written into the container before its start, since a folder of this machine may not exist where the engine runs. */
  files: OwnFile[];
  ca?: { pem: string; file: string; fingerprint: string };
}

const paths = { cert: '/certs/server.crt', key: '/certs/server.key', passwords: '/auth/htpasswd' };

/** `container` is the name that the registry's container is to have. */
export function offerOwn(container: string): OwnOffer {
  const addresses = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    // Bridges of engines and addresses of one link only are of no use to others; 172.17 is what engines take first.
    .filter(({ family, internal, address }) => family === 'IPv4' && !internal && !/^(169\.254|172\.17)\./.test(address))
    .map(({ address }) => address);
  const { platform } = process;
  return {
    folder: join(homedir(), '.docknotes', container),
    names: ownNames([hostname(), ...addresses].filter(isName)),
    platform: platform === 'win32' || platform === 'darwin' ? platform : 'linux',
  };
}

/**
 * Makes, or reads again, what the registry needs. Rejects with a UserError: those of `certificatesIn`, `own-login`, or
 * `own-name` for something that is no host name.
 */
export async function prepareOwn({ names, folder, renew = false, login, deletion }: OwnPlan): Promise<OwnParts> {
  const env = [
    'REGISTRY_HTTP_ADDR=:5000',
    'REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY=/var/lib/registry',
    `REGISTRY_STORAGE_DELETE_ENABLED=${deletion}`,
  ];
  const files: OwnFile[] = [];
  if (login) {
    const content = await passwordLine(login.username, login.password);
    files.push({ path: paths.passwords, content, mode: 0o600 });
    env.push('REGISTRY_AUTH=htpasswd', 'REGISTRY_AUTH_HTPASSWD_REALM=Registry');
    env.push(`REGISTRY_AUTH_HTPASSWD_PATH=${paths.passwords}`);
  }
  if (folder === undefined) {
    return { env, files };
  }
  const { ca, caFile, fingerprint, chain, key } = await certificatesIn(folder, ownNames(names), { renew });
  files.push({ path: paths.cert, content: chain, mode: 0o644 }, { path: paths.key, content: key, mode: 0o600 });
  env.push(`REGISTRY_HTTP_TLS_CERTIFICATE=${paths.cert}`, `REGISTRY_HTTP_TLS_KEY=${paths.key}`);
  return { env, files, ca: { pem: ca, file: caFile, fingerprint } };
}

/** Names as a certificate holds them: ASCII, lower case, addresses without brackets, each once. */
function ownNames(names: readonly string[]): string[] {
  return [
    ...new Set(
      names.map((typed) => {
        const bare = typed.trim().replace(/^\[(.*)\]$/, '$1');
        const name = bare.includes(':') ? bare.toLowerCase() : domainToASCII(bare).toLowerCase();
        // What turns names into ASCII reads them as addresses, and drops what follows a slash without a word.
        if (/[/\\?#@]/.test(bare) || !isName(name)) {
          throw new UserError(
            'own-name',
            t('"{0}" is not the name or address of a host. Write it without scheme and port.', typed.slice(0, 100)),
          );
        }
        return name;
      }),
    ),
  ];
}

/** Whether references can have it as their host; `parseAddress` puts brackets around IPv6. */
function isName(name: string): boolean {
  try {
    const { host } = parseAddress(name);
    // A port, a scheme or a path would make the host differ from what was typed.
    return (host === name || host === `[${name}]`) && !/[^:]:\d+$/.test(name);
  } catch {
    return false;
  }
}
