// The engine's records as plain objects. A record that makes no sense costs one object, not the list.
import type { Container, ContainerState, Health, Image, Mount, Network, Port, Volume } from '../../model/objects.ts';
import { fields, list, text, textMap } from '../../model/untyped.ts';

/** Thrown inside this file and returned to callers as a reason. */
class BadRecord extends Error {}

/** One object, or why the record is not one. */
export type Read<T> = { object: T; reason?: undefined } | { object?: undefined; reason: string };

function reader<T>(read: (raw: Record<string, unknown>) => T): (raw: unknown) => Read<T> {
  return (raw) => {
    try {
      return { object: read(fields(raw)) };
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
    networks: Object.keys(fields(fields(raw.NetworkSettings).Networks)).sort(),
    labels: textMap(raw.Labels),
  };
});

/** A record of `GET /images/json`, or the answer of `GET /images/<id>/json`. */
export const readImage = reader((raw): Image => {
  const id = needed(raw, 'Id');
  const config = fields(raw.Config ?? raw.ContainerConfig);
  return {
    // Podman leaves the algorithm out in some answers.
    id: /^[0-9a-f]{64}$/.test(id) ? `sha256:${id}` : id,
    tags: tagsOf(raw.RepoTags),
    digests: imageNames(raw.RepoDigests),
    created: moment(raw.Created) ?? 0,
    size: typeof raw.Size === 'number' ? raw.Size : 0,
    labels: textMap(raw.Labels ?? config.Labels),
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
    labels: textMap(raw.Labels),
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
    subnets: list(fields(raw.IPAM).Config)
      .map((entry) => text(fields(entry).Subnet))
      .filter(Boolean),
    labels: textMap(raw.Labels),
  }),
);

function needed(raw: Record<string, unknown>, field: string): string {
  const value = text(raw[field]);
  if (value === '') {
    // The names of its fields alone: what a record holds may be large, or nested more deeply than can be written.
    throw new BadRecord(`no ${field} among ${Object.keys(raw).join(', ').slice(0, 200)}`);
  }
  return value;
}

/** A moment is seconds since 1970 in lists and an ISO date in inspections; the year 1 means "not known". */
export function moment(value: unknown): number | undefined {
  const milliseconds = typeof value === 'number' ? value * 1000 : Date.parse(text(value));
  // Lists have whole seconds: what an event brings must equal what a list says.
  return Number.isFinite(milliseconds) && milliseconds > 0 ? Math.floor(milliseconds / 1000) * 1000 : undefined;
}

/** Names that other containers gave by `--link` have a second slash; the container's own has none. */
export function nameOf(all: string[]): string {
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
  const word = text(fields(raw.Health).Status) || said;
  return word === 'starting' || word === 'healthy' || word === 'unhealthy' ? word : undefined;
}

function numberText(exitCode: unknown, state: ContainerState): string | undefined {
  return typeof exitCode === 'number' && state === 'exited' ? String(exitCode) : undefined;
}

function portOf(value: unknown): Port[] {
  const { IP, PrivatePort, PublicPort, Type } = fields(value);
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
  const { Type, Name, Source, Destination, RW } = fields(value);
  const kind = mountKinds.has(text(Type)) ? (Type as Mount['kind']) : 'bind';
  const source = kind === 'volume' ? text(Name) || text(Source) : text(Source);
  return text(Destination) ? [{ kind, source, target: text(Destination), writable: RW !== false }] : [];
}

/** Podman lists references by digest among the tags. */
export function tagsOf(value: unknown): string[] {
  return imageNames(value).filter((name) => !name.includes('@'));
}

/** `<none>:<none>` is how an image without a tag or digest is written in some answers. */
export function imageNames(value: unknown): string[] {
  return list(value)
    .map(text)
    .filter((name) => name !== '' && !name.startsWith('<none>'))
    .sort();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
