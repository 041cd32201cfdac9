// Which engine: the setting, then DOCKER_HOST, then the docker context, then the places where engines usually listen.
import { createHash } from 'node:crypto';
import { existsSync, type FSWatcher, readFileSync, watch } from 'node:fs';
import { homedir } from 'node:os';
import { posix } from 'node:path';
import type { Endpoint } from '../model/endpoint.ts';
import { EngineError } from '../model/engineError.ts';
import type { Disposable } from '../model/event.ts';
import { t } from '../model/l10n.ts';

/** Slashes work on Windows, too, so that paths look the same everywhere. */
const { join } = posix;

/** What the choice depends on; given in tests, read from the machine otherwise. */
export interface Environment {
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  platform: NodeJS.Platform;
  /** Text of a file; undefined when there is none. */
  readFile(file: string): string | undefined;
  exists(file: string): boolean;
}

export const machine: Environment = {
  env: process.env,
  home: homedir(),
  platform: process.platform,
  exists: existsSync,
  readFile(file) {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
        return undefined;
      }
      throw error;
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

/** The file or pipe of a local endpoint; undefined for one over the network. */
export function socketPath(url: string): string | undefined {
  const unix = /^unix:\/\/(\/.+)$/.exec(url)?.[1];
  // npipe:////./pipe/name is what docker writes; npipe://./pipe/name and back slashes are what people write.
  const pipe = /^npipe:\/\/(?:\/\/)?(\.\/pipe\/.+)$/.exec(url.replaceAll('\\', '/'))?.[1];
  return unix ?? (pipe && `//${pipe}`);
}

/** How dockerode wants an endpoint. Throws an `EngineError` with problem `bad-address`. */
export function parseEndpoint(endpoint: Endpoint): {
  protocol: 'http' | 'https' | 'ssh';
  socketPath?: string;
  host?: string;
  port?: number;
  username?: string;
  sshOptions?: { agent?: string };
  ca?: string;
  cert?: string;
  key?: string;
} {
  const local = socketPath(endpoint.url);
  if (local) {
    return { protocol: 'http', socketPath: local };
  }
  const address =
    /^(?:tcp|https?|ssh):\/\/[^/]/.test(endpoint.url) && URL.canParse(endpoint.url) ? new URL(endpoint.url) : undefined;
  if (!address?.hostname) {
    throw badAddress(endpoint);
  }
  // Addresses with a scheme that URL does not know keep the brackets of IPv6; the modem wants them off.
  const host = address.hostname.replace(/^\[|\]$/g, '');
  if (address.protocol === 'ssh:') {
    const agent = process.env.SSH_AUTH_SOCK;
    return {
      protocol: 'ssh',
      host,
      ...(address.port && { port: Number(address.port) }),
      ...(address.username && { username: decodeURIComponent(address.username) }),
      sshOptions: agent ? { agent } : {},
    };
  }
  const secure = endpoint.tls !== undefined || address.protocol === 'https:' || address.port === '2376';
  const { ca, cert, key } = endpoint.tls ?? {};
  const fallback = address.protocol === 'tcp:' ? (secure ? 2376 : 2375) : secure ? 443 : 80;
  const protocol = secure ? 'https' : 'http';
  return {
    protocol,
    host: `${protocol}://${host.includes(':') ? `[${host}]` : host}`,
    port: Number(address.port) || fallback,
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
  };
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

function checked(endpoint: Endpoint): Endpoint {
  // `host:port` alone is what DOCKER_HOST may hold, too.
  const whole = /^[\w.-]+:\d+$/.test(endpoint.url) ? { ...endpoint, url: `tcp://${endpoint.url}` } : endpoint;
  parseEndpoint(whole);
  return whole;
}

function badAddress(endpoint: Endpoint): EngineError {
  const forms = 'unix:///var/run/docker.sock, npipe:////./pipe/docker_engine, tcp://host:2376, ssh://user@host';
  return new EngineError(t('"{0}" is not the address of an engine. Addresses look like {1}.', endpoint.url, forms), {
    problem: 'bad-address',
    endpoint,
  });
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
