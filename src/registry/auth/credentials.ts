// Finds logins where the docker CLI and Podman keep them. Nothing is ever written.
// https://docs.docker.com/reference/cli/docker/login/ and containers-auth.json(5)
import { homedir } from 'node:os';
import { join } from 'node:path';
import { readPlainFile } from '../../local/plainFile.ts';
import { messageOf } from '../../model/errors.ts';
import { apiHostOf, credentialKeyOf, parseAddress } from '../../model/reference.ts';
import { fields } from '../../model/untyped.ts';
import type { CredentialSource, Credentials } from '../types.ts';
import { askCredentialHelper, listCredentialHelper, type RunCredentialHelper } from './credentialHelper.ts';

export interface CredentialSystem {
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  /** Rejects when the file is not there. */
  read(file: string): Promise<string>;
  run?: RunCredentialHelper;
  log(line: string): void;
}

interface AuthFile {
  /** For a person: the path, or the variable's name. */
  source: string;
  auths: Record<string, unknown>;
  credHelpers: Record<string, unknown>;
  credsStore?: string;
}

/** Bytes of a file of logins. */
const maxFileBytes = 10_000_000;

/** Logins that other programs keep. */
export interface FileCredentials extends CredentialSource {
  /** The hosts that there are logins for, by name. */
  hosts(): Promise<string[]>;
}

/**
 * Logins from DOCKER_AUTH_CONFIG, then docker's config.json, then Podman's auth.json; in each of them
 * credential helpers before the store before `auths`. A file or helper that fails is named in the log and passed over,
 * so that neither of the two rejects. Reads at each call, since other programs change these files.
 */
export function createFileCredentials(
  log: (line: string) => void,
  system: Partial<CredentialSystem> = {},
): FileCredentials {
  const machine: CredentialSystem = {
    env: process.env,
    home: homedir(),
    read: async (file) => (await readPlainFile(file, maxFileBytes)).toString(),
    log,
    ...system,
  };
  return {
    async find(host, repository) {
      for (const place of places(machine)) {
        const file = await readAuthFile(place, machine);
        const found = file && (await findIn(file, host, repository, machine));
        if (found) {
          return found;
        }
      }
      return undefined;
    },

    async hosts() {
      let keys: string[] = [];
      for (const place of places(machine)) {
        const file = await readAuthFile(place, machine);
        if (file) {
          const stored = file.credsStore === undefined ? [] : await listCredentialHelper(file.credsStore, machine.run);
          keys = keys.concat(Object.keys(file.auths), Object.keys(file.credHelpers), stored);
        }
      }
      return [...new Set(keys.map(nameOfKey).filter((name) => name !== undefined))];
    },
  };
}

/** The registry that a key of an auth file names, in any of its spellings. */
function nameOfKey(key: string): string | undefined {
  try {
    return parseAddress(hostOfKey(key)).host;
  } catch {
    return undefined;
  }
}

/** A login that was given with a call, for one registry. */
export function fixedCredentials(credentials: Credentials | undefined): CredentialSource {
  return { find: () => Promise.resolve(credentials) };
}

type Place = { text: string; source: string } | { file: string };

function places({ env, home }: CredentialSystem): Place[] {
  const config = env.XDG_CONFIG_HOME || join(home, '.config');
  return [
    ...(env.DOCKER_AUTH_CONFIG ? [{ text: env.DOCKER_AUTH_CONFIG, source: 'DOCKER_AUTH_CONFIG' }] : []),
    { file: join(env.DOCKER_CONFIG || join(home, '.docker'), 'config.json') },
    ...(env.REGISTRY_AUTH_FILE ? [{ file: env.REGISTRY_AUTH_FILE }] : []),
    ...(env.XDG_RUNTIME_DIR ? [{ file: join(env.XDG_RUNTIME_DIR, 'containers', 'auth.json') }] : []),
    { file: join(config, 'containers', 'auth.json') },
  ];
}

async function readAuthFile(place: Place, machine: CredentialSystem): Promise<AuthFile | undefined> {
  const source = 'file' in place ? place.file : place.source;
  try {
    const text = 'file' in place ? await machine.read(place.file) : place.text;
    const content = parseQuietly(text);
    return {
      source,
      auths: fields(content.auths),
      credHelpers: fields(content.credHelpers),
      ...(typeof content.credsStore === 'string' && content.credsStore !== ''
        ? { credsStore: content.credsStore }
        : {}),
    };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))) {
      machine.log(`${source} was passed over: ${messageOf(error)}`);
    }
    return undefined;
  }
}

async function findIn(
  file: AuthFile,
  host: string,
  repository: string | undefined,
  machine: CredentialSystem,
): Promise<Credentials | undefined> {
  const helper = lookUp(file.credHelpers, host, undefined);
  const names = [helper, file.credsStore].filter((name) => typeof name === 'string' && name !== '');
  for (const name of new Set(names)) {
    try {
      const found = await askCredentialHelper(String(name), credentialKeyOf(host), machine.run);
      if (found) {
        return found;
      }
    } catch (error) {
      machine.log(`${file.source}: ${messageOf(error)}`);
    }
  }
  return readEntry(lookUp(file.auths, host, repository), file.source);
}

/**
 * The entry for a host: Podman's `host/namespace/repository`, longest first, then the docker CLI's own key,
 * then any old spelling with scheme and path (`https://host/v1/`).
 */
function lookUp(entries: Record<string, unknown>, host: string, repository: string | undefined): unknown {
  const parts = repository?.split('/') ?? [];
  for (let length = parts.length; length > 0; length -= 1) {
    const key = `${host}/${parts.slice(0, length).join('/')}`;
    if (Object.hasOwn(entries, key)) {
      return entries[key];
    }
  }
  for (const key of [credentialKeyOf(host), host]) {
    if (Object.hasOwn(entries, key)) {
      return entries[key];
    }
  }
  const match = Object.keys(entries).find(
    (key) => /^https?:\/\/|\/v[12]\/?$/.test(key) && apiHostOf(hostOfKey(key)) === apiHostOf(host),
  );
  return match === undefined ? undefined : entries[match];
}

function hostOfKey(key: string): string {
  return (key.replace(/^https?:\/\//, '').split('/', 1)[0] ?? '').toLowerCase();
}

function readEntry(entry: unknown, source: string): Credentials | undefined {
  const { auth, username, password, identitytoken, registrytoken } = fields(entry);
  if (typeof registrytoken === 'string' && registrytoken !== '') {
    return { registryToken: registrytoken, source };
  }
  const decoded = typeof auth === 'string' ? withoutZeros(Buffer.from(auth, 'base64').toString('utf8')) : '';
  const colon = decoded.indexOf(':');
  const name = colon > 0 ? decoded.slice(0, colon) : typeof username === 'string' ? username : '';
  const secret = colon > 0 ? decoded.slice(colon + 1) : typeof password === 'string' ? password : '';
  if (typeof identitytoken === 'string' && identitytoken !== '') {
    return { ...(name === '' ? {} : { username: name }), identityToken: identitytoken, source };
  }
  return name === '' || secret === '' ? undefined : { username: name, password: secret, source };
}

/** Old docker programs pad what they encode. */
function withoutZeros(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\0') {
    end -= 1;
  }
  return text.slice(0, end);
}

/** The file holds secrets, and the message of a JSON error quotes what it read. */
function parseQuietly(text: string): Record<string, unknown> {
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new Error('it is not JSON');
  }
  return fields(content);
}
