// Which engine: the setting, then DOCKER_HOST, then the docker context, then the places where engines usually listen.
import { createHash } from 'node:crypto';
import { existsSync, type FSWatcher, readdirSync, watch } from 'node:fs';
import { homedir } from 'node:os';
import { posix } from 'node:path';
import { cannotRead } from '../../local/failure.ts';
import { readPlainFileSync } from '../../local/plainFile.ts';
import type { Endpoint } from '../../model/engines/endpoint.ts';
import { EngineError } from '../../model/engines/error.ts';
import type { Disposable } from '../../model/event.ts';
import { t } from '../../model/l10n.ts';
import { checked, socketPath } from './address.ts';

/** Slashes work on Windows, too, so that paths look the same everywhere. */
const { join } = posix;
/** Bytes of a file of docker's own: its configuration, the facts of a context, a certificate. */
const maxFile = 10_000_000;

/** What the choice depends on; given in tests, read from the machine otherwise. */
export interface Environment {
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  platform: NodeJS.Platform;
  /** Text of a file; undefined when there is none. */
  readFile(file: string): string | undefined;
  exists(file: string): boolean;
  /** Names in a folder; none when it is not there. */
  list(folder: string): string[];
}

export const machine: Environment = {
  env: process.env,
  home: homedir(),
  platform: process.platform,
  exists: existsSync,
  list(folder) {
    try {
      return readdirSync(folder);
    } catch {
      return [];
    }
  },
  readFile(file) {
    try {
      return readPlainFileSync(file, maxFile).toString();
    } catch (error) {
      if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
        return undefined;
      }
      throw cannotRead(file, error);
    }
  },
};

/**
 * The endpoint to use. Throws an `EngineError` with problem `bad-address` for a name that does not parse or a context
 * that is not there (a wrong name is never passed over), and `no-endpoint` when nothing is named and nothing is found.
 */
export function chooseEndpoint(setting: string | undefined, environment: Environment = machine): Endpoint {
  const { env } = environment;
  const named = setting?.trim();
  if (named) {
    return checked({ url: named, source: 'setting', ...tlsFromVariables(named, environment) });
  }
  if (env.DOCKER_HOST) {
    const url = env.DOCKER_HOST.trim();
    return checked({ url, source: 'DOCKER_HOST', ...tlsFromVariables(url, environment) });
  }
  const context = contextInUse(environment);
  if (context !== undefined && context !== 'default') {
    return fromContext(context, environment);
  }
  const place = wellKnownEndpoints(environment).find((url) => environment.exists(socketPath(url) ?? ''));
  if (place === undefined) {
    throw new EngineError(t('No setting, variable or docker context names an engine, and no known socket exists.'), {
      problem: 'no-endpoint',
    });
  }
  return { url: place, source: 'well-known' };
}

/** A way to an engine that was found on this machine, or why it cannot be used. */
export interface FoundEndpoint {
  /** See `endpointId`. */
  id: string;
  source: Endpoint['source'];
  context?: string;
  /** As it was written; empty where nothing says it. */
  url: string;
  endpoint?: Endpoint;
  failure?: EngineError;
}

/** Every way to an engine: setting, DOCKER_HOST, docker contexts, sockets that exist, and addresses added by hand. */
export function findEndpoints(
  setting: string | undefined,
  added: readonly string[],
  environment: Environment = machine,
): FoundEndpoint[] {
  const { env } = environment;
  const found: FoundEndpoint[] = [];
  const take = (about: Omit<FoundEndpoint, 'endpoint' | 'failure'>, find: () => Endpoint) => {
    try {
      const endpoint = find();
      found.push({ ...about, url: endpoint.url, endpoint });
    } catch (error) {
      found.push({
        ...about,
        failure: error instanceof EngineError ? error : new EngineError(String(error), { problem: 'bad-address' }),
      });
    }
  };
  if (setting?.trim()) {
    const url = setting.trim();
    take({ id: 'setting', source: 'setting', url }, () => chooseEndpoint(setting, environment));
  }
  if (env.DOCKER_HOST) {
    const url = env.DOCKER_HOST.trim();
    take({ id: 'DOCKER_HOST', source: 'DOCKER_HOST', url }, () => chooseEndpoint(undefined, environment));
  }
  for (const context of contextNames(environment)) {
    const id = `context/${context}`;
    take({ id, source: 'context', context, url: '' }, () => fromContext(context, environment));
  }
  const places = wellKnownEndpoints(environment).filter((url) => environment.exists(socketPath(url) ?? ''));
  for (const url of places) {
    take({ id: url, source: 'well-known', url }, () => ({ url, source: 'well-known' }));
  }
  for (const url of added) {
    take({ id: url, source: 'added', url }, () => addedEndpoint(url, environment));
  }
  // A socket that something names already is one engine, not two.
  const named = new Set(found.filter(({ source }) => source !== 'well-known').map(({ url }) => url));
  return found.filter(({ source, url }) => source !== 'well-known' || !named.has(url));
}

/** The endpoint of an address that a person typed. Throws an `EngineError` with problem `bad-address`. */
export function addedEndpoint(address: string, environment: Environment = machine): Endpoint {
  const typed = address.trim();
  // The path of a socket alone is plain enough.
  const url = typed.startsWith('/') ? `unix://${typed}` : typed;
  return checked({ url, source: 'added', ...tlsFromVariables(url, environment) });
}

/**
 * The endpoint that a person chose by its id (see `endpointId`); undefined when the setting or variable that it stands
 * for is no longer there. Throws an `EngineError` like `chooseEndpoint`.
 */
export function chosenEndpoint(
  id: string,
  setting: string | undefined,
  environment: Environment = machine,
): Endpoint | undefined {
  if (id === 'setting') {
    return setting?.trim() ? chooseEndpoint(setting, environment) : undefined;
  }
  if (id === 'DOCKER_HOST') {
    return environment.env.DOCKER_HOST ? chooseEndpoint(undefined, environment) : undefined;
  }
  if (id.startsWith('context/')) {
    return fromContext(id.slice('context/'.length), environment);
  }
  return wellKnownEndpoints(environment).includes(id)
    ? { url: id, source: 'well-known' }
    : addedEndpoint(id, environment);
}

/** Where engines listen when nobody says otherwise, most usual first. */
export function wellKnownEndpoints({ env, home, platform }: Environment): string[] {
  if (platform === 'win32') {
    return ['npipe:////./pipe/docker_engine'];
  }
  const runtime = env.XDG_RUNTIME_DIR;
  return [
    '/var/run/docker.sock',
    ...(runtime ? [`${runtime}/docker.sock`] : []),
    `${home}/.docker/run/docker.sock`,
    `${home}/.docker/desktop/docker.sock`,
    `${home}/.colima/default/docker.sock`,
    ...(runtime ? [`${runtime}/podman/podman.sock`] : []),
    '/run/podman/podman.sock',
    `${home}/.local/share/containers/podman/machine/podman.sock`,
  ].map((file) => `unix://${file}`);
}

/** Calls back when the docker context in use may have changed. Files that are not there yet are no trouble. */
export function watchEndpointFiles(changed: () => void, { env, home }: Environment = machine): Disposable {
  const folder = dockerFolder({ env, home });
  const watchers: FSWatcher[] = [];
  const look = (place: string, wanted: (file: string | null) => boolean) => {
    try {
      const watcher = watch(place, { persistent: false }, (_, file) => {
        if (wanted(file)) {
          changed();
        }
      });
      watcher.on('error', () => watcher.close());
      watchers.push(watcher);
    } catch {
      // The folder is not there: then no context is in use, and docker makes both with the first one.
    }
  };
  // The folder and not the file: docker writes a new file and renames it.
  look(folder, (file) => file === null || file === 'config.json' || file === 'contexts');
  look(join(folder, 'contexts', 'meta'), () => true);
  return {
    dispose() {
      for (const watcher of watchers.splice(0)) {
        watcher.close();
      }
    },
  };
}

function dockerFolder({ env, home }: Pick<Environment, 'env' | 'home'>): string {
  return env.DOCKER_CONFIG || join(home, '.docker');
}

/** DOCKER_TLS_VERIFY asks for TLS, as does a certificate path for an endpoint over the network. */
function tlsFromVariables(url: string, { env, home, readFile }: Environment): Pick<Endpoint, 'tls'> {
  if (!/^(?:tcp:|https:|[\w.-]+:\d+$)/.test(url)) {
    return {};
  }
  const verify = Boolean(env.DOCKER_TLS_VERIFY);
  if (!verify && (!env.DOCKER_CERT_PATH || /:2375\/?$/.test(url)) && !/^https:|:2376\/?$/.test(url)) {
    return {};
  }
  const folder = env.DOCKER_CERT_PATH || dockerFolder({ env, home });
  return { tls: certificates(folder, readFile, verify || !env.DOCKER_CERT_PATH) };
}

function certificates(
  folder: string,
  readFile: Environment['readFile'],
  verify: boolean,
): NonNullable<Endpoint['tls']> {
  const read = (name: string) => readFile(join(folder, `${name}.pem`));
  const [ca, cert, key] = [read('ca'), read('cert'), read('key')];
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }), verify };
}

function contextInUse(environment: Environment): string | undefined {
  if (environment.env.DOCKER_CONTEXT) {
    return environment.env.DOCKER_CONTEXT;
  }
  const file = join(dockerFolder(environment), 'config.json');
  const text = environment.readFile(file);
  if (!text?.trim()) {
    return undefined;
  }
  try {
    const { currentContext } = JSON.parse(text) as { currentContext?: unknown };
    return typeof currentContext === 'string' && currentContext !== '' ? currentContext : undefined;
  } catch {
    throw new EngineError(t('{0} is not valid JSON, so the docker context in use is not known.', file), {
      problem: 'bad-address',
    });
  }
}

/** Names of the docker contexts that are kept on this machine, in order. */
function contextNames(environment: Environment): string[] {
  const folder = join(dockerFolder(environment), 'contexts', 'meta');
  const names = environment.list(folder).flatMap((name) => {
    try {
      const meta = JSON.parse(environment.readFile(join(folder, name, 'meta.json')) ?? '') as { Name?: unknown };
      return typeof meta.Name === 'string' && meta.Name !== '' ? [meta.Name] : [];
    } catch {
      // A folder that holds no context is none of ours.
      return [];
    }
  });
  const inUse = safely(() => contextInUse(environment));
  const all = new Set(inUse && inUse !== 'default' ? [...names, inUse] : names);
  return [...all].sort();
}

function safely<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Contexts are kept in folders that are named by the SHA-256 of the context's name. */
function fromContext(name: string, environment: Environment): Endpoint {
  const folder = join(dockerFolder(environment), 'contexts');
  const hash = createHash('sha256').update(name).digest('hex');
  const file = join(folder, 'meta', hash, 'meta.json');
  const text = environment.readFile(file);
  if (text === undefined) {
    throw new EngineError(t('There is no docker context "{0}".', name), { problem: 'bad-address' });
  }
  let docker: { Host?: unknown; SkipTLSVerify?: unknown } | undefined;
  try {
    docker = (JSON.parse(text) as { Endpoints?: { docker?: typeof docker } }).Endpoints?.docker;
  } catch {
    docker = undefined;
  }
  if (typeof docker?.Host !== 'string') {
    throw new EngineError(t('The docker context "{0}" names no engine.', name), { problem: 'bad-address' });
  }
  const tls = certificates(join(folder, 'tls', hash, 'docker'), environment.readFile, docker.SkipTLSVerify !== true);
  const overTls =
    (tls.ca ?? tls.cert) !== undefined || docker.SkipTLSVerify === true || docker.Host.startsWith('https:');
  const network = /^(?:tcp|https):/.test(docker.Host);
  return checked({ url: docker.Host, source: 'context', context: name, ...(network && overTls && { tls }) });
}
