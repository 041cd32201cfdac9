// The engine's records as plain objects. A record that makes no sense costs one object, not the list.
import type { Container, ContainerState, Health, Image, Mount, Network, Port, Volume } from '../../model/objects.ts';
import type { ContainerDetails, ImageDetails } from '../types.ts';

/** Thrown inside this file and returned to callers as a reason. */
class BadRecord extends Error {}

/** One object, or why the record is not one. */
export type Read<T> = { object: T; reason?: undefined } | { object?: undefined; reason: string };

function reader<T>(read: (raw: Record<string, unknown>) => T): (raw: unknown) => Read<T> {
  return (raw) => {
    try {
      return { object: read(record(raw)) };
    } catch (error) {
      if (error instanceof BadRecord) {
        return { reason: error.message };
      }
      throw error;
    }
  };
}

/** A record of `GET /containers/json`. */
export const readContainer = reader((raw): Container => {
  const status = text(raw.Status);
  const state = stateOf(text(raw.State), status);
  const health = healthOf(raw, status);
  const said = state !== 'running' && status.includes('(') ? /\((-?\d+)\)/.exec(status)?.[1] : undefined;
  const exitCode = said ?? numberText(raw.ExitCode, state);
  return {
    id: needed(raw, 'Id'),
    name: nameOf(list(raw.Names).map(text)),
    image: text(raw.Image),
    imageId: text(raw.ImageID),
    // Podman gives the words one by one, the engine the line.
    command: Array.isArray(raw.Command) ? raw.Command.map(text).join(' ') : text(raw.Command),
    created: moment(raw.Created) ?? 0,
    state,
    ...(health && { health }),
    status,
    ...(exitCode !== undefined && { exitCode: Number(exitCode) }),
    ports: list(raw.Ports).flatMap(portOf).sort(byPort),
    mounts: list(raw.Mounts)
      .flatMap(mountOf)
      .sort((a, b) => compare(a.target, b.target)),
    networks: Object.keys(record(record(raw.NetworkSettings).Networks)).sort(),
    labels: texts(raw.Labels),
  };
});

/** A record of `GET /images/json`, or the answer of `GET /images/<id>/json`. */
export const readImage = reader((raw): Image => {
  const id = needed(raw, 'Id');
  const config = record(raw.Config ?? raw.ContainerConfig);
  return {
    // Podman leaves the algorithm out in some answers.
    id: /^[0-9a-f]{64}$/.test(id) ? `sha256:${id}` : id,
    tags: tagsOf(raw.RepoTags),
    digests: names(raw.RepoDigests),
    created: moment(raw.Created) ?? 0,
    size: typeof raw.Size === 'number' ? raw.Size : 0,
    labels: texts(raw.Labels ?? config.Labels),
  };
});

/** A record of `GET /volumes`. */
export const readVolume = reader((raw): Volume => {
  const created = moment(raw.CreatedAt);
  return {
    name: needed(raw, 'Name'),
    driver: text(raw.Driver),
    mountpoint: text(raw.Mountpoint),
    ...(created !== undefined && { created }),
    scope: text(raw.Scope),
    labels: texts(raw.Labels),
  };
});

/** A record of `GET /networks`. */
export const readNetwork = reader(
  (raw): Network => ({
    id: needed(raw, 'Id'),
    name: text(raw.Name),
    driver: text(raw.Driver),
    scope: text(raw.Scope),
    internal: raw.Internal === true,
    created: moment(raw.Created) ?? 0,
    subnets: list(record(raw.IPAM).Config)
      .map((entry) => text(record(entry).Subnet))
      .filter(Boolean),
    labels: texts(raw.Labels),
  }),
);

/** The answer of `GET /containers/<id>/json`. */
export function containerDetails(raw: unknown): ContainerDetails {
  const answer = record(raw);
  const state = record(answer.State);
  const config = record(answer.Config);
  return {
    id: text(answer.Id),
    name: nameOf([text(answer.Name)]),
    image: text(config.Image),
    running: state.Running === true,
    terminal: config.Tty === true,
    exitCode: typeof state.ExitCode === 'number' ? state.ExitCode : 0,
    error: text(state.Error),
    raw,
  };
}

/** The answer of `GET /images/<name>/json`. */
export function imageDetails(raw: unknown): ImageDetails {
  const answer = record(raw);
  const config = record(answer.Config);
  const created = moment(answer.Created);
  const user = text(config.User);
  const workdir = text(config.WorkingDir);
  const words = (value: unknown) => (Array.isArray(value) ? value.map(text) : undefined);
  const entrypoint = words(config.Entrypoint);
  const command = words(config.Cmd);
  return {
    id: text(answer.Id),
    tags: tagsOf(answer.RepoTags),
    digests: names(answer.RepoDigests),
    ...(created !== undefined && { created }),
    size: typeof answer.Size === 'number' ? answer.Size : 0,
    platform: [answer.Os, answer.Architecture, answer.Variant].map(text).filter(Boolean).join('/'),
    ...(user && { user }),
    ...(workdir && { workdir }),
    ...(entrypoint && { entrypoint }),
    ...(command && { command }),
    env: list(config.Env).map(text),
    exposedPorts: Object.keys(record(config.ExposedPorts)),
    volumes: Object.keys(record(config.Volumes)),
    labels: texts(config.Labels),
    raw,
  };
}

/** The value when it is an object, otherwise an empty one: an absent part and a malformed one look the same. */
export function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function needed(raw: Record<string, unknown>, field: string): string {
  const value = text(raw[field]);
  if (value === '') {
    // The names of its fields alone: what a record holds may be large, or nested more deeply than can be written.
    throw new BadRecord(`no ${field} among ${Object.keys(raw).join(', ').slice(0, 200)}`);
  }
  return value;
}

/** Only values that are text: a label that is none says nothing. */
function texts(value: unknown): Record<string, string> {
  const map = record(value);
  return Object.values(map).every((each) => typeof each === 'string')
    ? (map as Record<string, string>)
    : Object.fromEntries(
        Object.entries(map).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      );
}

/** A moment is seconds since 1970 in lists and an ISO date in inspections; the year 1 means "not known". */
function moment(value: unknown): number | undefined {
  const milliseconds = typeof value === 'number' ? value * 1000 : Date.parse(text(value));
  // Lists have whole seconds: what an event brings must equal what a list says.
  return Number.isFinite(milliseconds) && milliseconds > 0 ? Math.floor(milliseconds / 1000) * 1000 : undefined;
}

/** Names that other containers gave by `--link` have a second slash; the container's own has none. */
function nameOf(all: string[]): string {
  const own = all.map((name) => (name.startsWith('/') ? name.slice(1) : name));
  return own.find((name) => name !== '' && !name.includes('/')) ?? own[0] ?? '';
}

const states: Readonly<Record<string, ContainerState>> = {
  created: 'created',
  running: 'running',
  paused: 'paused',
  restarting: 'restarting',
  removing: 'removing',
  exited: 'exited',
  dead: 'dead',
  // Podman's own words.
  configured: 'created',
  initialized: 'created',
  stopped: 'exited',
  stopping: 'running',
};

/** A word that is not known yet costs no row: the status says whether the container is up. */
function stateOf(state: string, status: string): ContainerState {
  return states[state.toLowerCase()] ?? (/^up\b/i.test(status) ? 'running' : 'exited');
}

/** Newer engines have a field, older ones say it in the status only. */
function healthOf(raw: Record<string, unknown>, status: string): Health | undefined {
  const said = status.includes('(') ? /\((?:health: )?(starting|healthy|unhealthy)\)/.exec(status)?.[1] : undefined;
  const word = text(record(raw.Health).Status) || said;
  return word === 'starting' || word === 'healthy' || word === 'unhealthy' ? word : undefined;
}

function numberText(exitCode: unknown, state: ContainerState): string | undefined {
  return typeof exitCode === 'number' && state === 'exited' ? String(exitCode) : undefined;
}

function portOf(value: unknown): Port[] {
  const { IP, PrivatePort, PublicPort, Type } = record(value);
  if (typeof PrivatePort !== 'number') {
    return [];
  }
  const protocol = Type === 'udp' || Type === 'sctp' ? Type : 'tcp';
  const published = typeof PublicPort === 'number' && PublicPort > 0;
  return [
    {
      container: PrivatePort,
      protocol,
      ...(published && { host: PublicPort }),
      ...(text(IP) && { address: text(IP) }),
    },
  ];
}

/** The engine lists ports in an order that changes from one answer to the next. */
function byPort(a: Port, b: Port): number {
  return (
    a.container - b.container ||
    compare(a.protocol, b.protocol) ||
    (a.host ?? 0) - (b.host ?? 0) ||
    compare(a.address ?? '', b.address ?? '')
  );
}

const mountKinds = new Set<string>(['bind', 'volume', 'tmpfs', 'npipe', 'cluster', 'image'] satisfies Mount['kind'][]);

function mountOf(value: unknown): Mount[] {
  // Podman gives some mounts as the bare path inside the container.
  if (typeof value === 'string') {
    return [{ kind: 'volume', source: '', target: value, writable: true }];
  }
  const { Type, Name, Source, Destination, RW } = record(value);
  const kind = mountKinds.has(text(Type)) ? (Type as Mount['kind']) : 'bind';
  const source = kind === 'volume' ? text(Name) || text(Source) : text(Source);
  return text(Destination) ? [{ kind, source, target: text(Destination), writable: RW !== false }] : [];
}

/** Podman lists references by digest among the tags. */
function tagsOf(value: unknown): string[] {
  return names(value).filter((name) => !name.includes('@'));
}

/** `<none>:<none>` is how an image without a tag or digest is written in some answers. */
function names(value: unknown): string[] {
  return list(value)
    .map(text)
    .filter((name) => name !== '' && !name.startsWith('<none>'))
    .sort();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
