// What a registry of one's own is to be like: the defaults of the field notes, and what follows from them.
import type { App } from '../../../app.ts';
import type { EngineClient } from '../../../engine/types.ts';
import { remoteHostOf } from '../../../model/engines/endpoint.ts';
import { UserError } from '../../../model/errors.ts';
import { t } from '../../../model/l10n.ts';

export interface OwnRegistryOptions {
  /** Of the container. `registry`, or the first such name that is free. */
  name?: string;
  /** On the engine's host. 5000, or the first one above it that no container publishes. */
  port?: number;
  /** A volume's name, or an absolute folder of the engine's host. The container's name when absent. */
  data?: string;
  /** `always` when absent, as in the field notes [000]. */
  restart?: string;
  /** https with a certificate of its own authority, when true or absent; else plain http. */
  tls?: boolean;
  /** Host names and addresses that clients use, besides localhost; this machine's own when absent. */
  names?: string[];
  /** Where the certificates are kept on this machine; a folder in the home directory when absent. */
  folder?: string;
  /** Without it nobody has to log in. */
  username?: string;
  password?: string;
  /** `registry:2`, or another image of the registry that the engine has. */
  image?: string;
  /** Whether images can be deleted; true when absent. */
  deletion?: boolean;
}

/** The options with nothing left open. */
export interface OwnRegistryPlan {
  name: string;
  port: number;
  data: string;
  restart: string;
  image: string;
  deletion: boolean;
  tls?: {
    /** As the person named them. */
    names: string[];
    /** With those that always work. */
    allNames: string[];
    folder: string;
  };
  login?: { username: string; password: string };
  /** Hosts at which it may be reached from here, most likely first; without the port. */
  hosts: string[];
  /** The engine's host, when it is another machine. */
  remote?: string;
}

const firstPort = 5000;

/** Fills the options up. Throws a UserError for a port that is none, or a login that is half given. */
export async function planOwnRegistry(
  app: Pick<App, 'engine' | 'registries' | 'ownRegistry'>,
  client: EngineClient,
  options: OwnRegistryOptions,
): Promise<OwnRegistryPlan> {
  const containers = await app.engine.inventory.all('containers');
  const name =
    options.name ??
    firstFree(
      (n) => (n ? `registry-${n + 1}` : 'registry'),
      containers.map((c) => c.name),
    );
  const published = containers.flatMap(({ ports }) => ports.map(({ host }) => host));
  const port = options.port ?? firstFree((n) => firstPort + n, published);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new UserError('bad-port', t('"{0}" is not a port. A port is a number from 1 to 65535.', String(port)));
  }
  const { username, password } = options;
  if ((username === undefined) !== (password === undefined)) {
    throw new UserError('own-login', t('A login needs both a user name and a password.'));
  }
  const offer = await app.ownRegistry.offer(name);
  const remote = remoteHostOf(client.endpoint.url);
  const names = options.names ?? (remote === undefined ? offer.names : [remote]);
  const nearest = remote ?? 'localhost';
  return {
    name,
    port,
    data: options.data ?? name,
    restart: options.restart ?? 'always',
    image: options.image ?? (await defaultImage(app)),
    deletion: options.deletion ?? true,
    ...(options.tls === false
      ? {}
      : {
          tls: {
            names,
            allNames: [...names, 'localhost', '127.0.0.1', '::1', ...(remote === undefined ? [] : [remote])],
            folder: options.folder ?? offer.folder,
          },
        }),
    ...(username === undefined || password === undefined ? {} : { login: { username, password } }),
    hosts: options.tls === false ? [nearest] : [...new Set([nearest, ...names])],
    ...(remote === undefined ? {} : { remote }),
  };
}

/** `registry:2`, unless the engine has another image of the registry and not that one. */
async function defaultImage(app: Pick<App, 'engine'>): Promise<string> {
  const tags = (await app.engine.inventory.all('images')).flatMap((image) => image.tags);
  const preferred = 'registry:2';
  return tags.includes(preferred)
    ? preferred
    : (tags.find((tag) => /(?:^|\/)registry:[23](?:\.|$)/.test(tag)) ?? preferred);
}

function firstFree<T>(candidate: (index: number) => T, taken: readonly (T | undefined)[]): T {
  for (let index = 0; ; index++) {
    const value = candidate(index);
    if (!taken.includes(value)) {
      return value;
    }
  }
}
