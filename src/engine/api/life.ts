// The life of containers, images, volumes and networks over the Engine API.

import { type PruneKind, prunePreview, readDiskUsage } from '../../model/engines/diskUse.ts';
import { EngineError } from '../../model/engines/error.ts';
import { Cancelled, UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { updateBodies } from '../../model/run/create/update.ts';
import { fields, list, text } from '../../model/untyped.ts';
import { jsonLines } from '../connection/jsonLines.ts';
import { imagePath, type Request, segment, type Transport } from '../connection/transport.ts';
import { openLocal, saveArchive } from '../files/transfers/localArchive.ts';
import type { Life, NetworkOptions } from './lifeTypes.ts';

/** Milliseconds for measuring the disk: with many volumes the engine reads all their folders. */
const measureTimeout = 120_000;

export function createLife(transport: Transport, apiVersion: string): Life {
  const get = (path: string, query: Request['query'] = {}) => transport.json({ method: 'GET', path, query });
  const post = (path: string, query: Request['query'] = {}, body?: unknown) =>
    transport.json({ method: 'POST', path, query, body });
  const remove = (path: string, query: Request['query'] = {}) => transport.json({ method: 'DELETE', path, query });
  const container = (name: string, step: string) => `/containers/${segment(name)}/${step}`;
  /** Since API 1.42 the engine tells volumes without a name of their own, and spares the others. */
  const labelled = atLeast(apiVersion, 1, 42);
  const measure = async (signal?: AbortSignal) => {
    const ask = async (path: string, query: Request['query'] = {}) =>
      transport.json({ method: 'GET', path, query, signal, timeout: measureTimeout });
    const disk = fields(await ask('/system/df'));
    if (transport.podman) {
      // Podman's measure has no names of images, and not what containers use.
      disk.Images = await ask('/images/json');
      disk.Containers = await ask('/containers/json', { all: true, size: true });
    }
    return readDiskUsage(disk, labelled);
  };

  /** For engines whose own prune would take volumes that have names. */
  async function pruneUnnamed(): Promise<{ removed: string[]; bytes: number }> {
    const disk = await measure();
    const { volumes = [] } = prunePreview(disk, [], ['volumes']);
    const removed: string[] = [];
    let bytes = 0;
    for (const { key, name, bytes: size } of volumes) {
      try {
        await remove(`/volumes/${segment(key ?? name)}`);
        removed.push(key ?? name);
        bytes += size;
      } catch (error) {
        // Taken into use, or removed, since it was measured.
        if (!(error instanceof EngineError && (error.status === 409 || error.status === 404))) {
          throw error;
        }
      }
    }
    return { removed, bytes };
  }

  return {
    async killContainer(name, signal) {
      await post(container(name, 'kill'), { signal });
    },
    async pauseContainer(name) {
      await post(container(name, 'pause'));
    },
    async unpauseContainer(name) {
      await post(container(name, 'unpause'));
    },
    async renameContainer(name, next) {
      await post(container(name, 'rename'), { name: next });
    },
    async updateContainer(name, options) {
      const now = fields(fields(await get(container(name, 'json'))).HostConfig);
      let warnings: string[] = [];
      for (const body of updateBodies(options, now, apiVersion)) {
        const answer = fields(await post(container(name, 'update'), {}, body).catch(notKnown));
        warnings = warnings.concat(list(answer.Warnings).map(text).filter(Boolean));
      }
      return { warnings };
    },
    async waitContainer(name, signal) {
      const answer = fields(await transport.json({ method: 'POST', path: container(name, 'wait'), signal }));
      const words = text(fields(answer.Error).Message);
      if (words) {
        throw new EngineError(words, { status: 200 });
      }
      return typeof answer.StatusCode === 'number' ? answer.StatusCode : 0;
    },
    async commitContainer(name, { ref = '', message, author, pause = true, changes }) {
      const colon = ref.lastIndexOf(':');
      const tagged = colon > ref.lastIndexOf('/');
      const query = {
        container: name,
        repo: (tagged ? ref.slice(0, colon) : ref) || undefined,
        tag: tagged ? ref.slice(colon + 1) : undefined,
        comment: message,
        author,
        pause,
        changes: changes?.join('\n'),
      };
      // Podman wants the body that Docker can do without.
      return { id: text(fields(await post('/commit', query, {})).Id) };
    },
    async exportContainer(name, to, options) {
      const { signal } = options;
      return saveArchive(
        await transport.stream({ method: 'GET', path: container(name, 'export'), signal }),
        to,
        options,
      );
    },

    async saveImages(refs, to, options) {
      const { signal } = options;
      const request: Request = { method: 'GET', path: '/images/get', query: { names: refs }, signal };
      return saveArchive(await transport.stream(request), to, options);
    },
    async loadImages(from, options) {
      const { signal } = options;
      // Podman 4 unpacks none by itself.
      const archive = await openLocal(from, { ...options, unpack: transport.podman });
      try {
        const query = { quiet: true };
        const headers = { 'Content-Type': 'application/x-tar' };
        const stream = await transport.stream({
          method: 'POST',
          path: '/images/load',
          query,
          headers,
          archive,
          signal,
        });
        return { refs: await loadedRefs(stream) };
      } catch (error) {
        throw signal.aborted ? new Cancelled() : error;
      } finally {
        archive.destroy();
      }
    },
    async imageHistory(image) {
      return list(await get(`/images/${imagePath(image)}/history`)).map((raw) => {
        const line = fields(raw);
        const id = text(line.Id);
        return {
          ...(/^(sha256:)?[0-9a-f]{12,}$/.test(id) && { id }),
          created: typeof line.Created === 'number' ? line.Created * 1000 : 0,
          createdBy: text(line.CreatedBy),
          comment: text(line.Comment),
          size: typeof line.Size === 'number' ? line.Size : 0,
          tags: list(line.Tags).map(text).filter(Boolean),
        };
      });
    },

    async diskUsage(signal) {
      return measure(signal);
    },
    async prune(kind) {
      if (!labelled && kind === 'volumes') {
        return pruneUnnamed();
      }
      const { path, query, removed } = prunes[kind];
      // Older engines know no `all`: they take every volume.
      const answer = fields(await post(path, labelled || kind !== 'allVolumes' ? query : {}));
      return {
        removed: removed.flatMap((field) => list(answer[field]).map(removedName)).filter(Boolean),
        bytes: typeof answer.SpaceReclaimed === 'number' ? answer.SpaceReclaimed : 0,
      };
    },

    async createVolume({ name, driver = 'local', options, labels }) {
      const body = {
        ...(name && { Name: name }),
        Driver: driver,
        ...(options && { DriverOpts: options }),
        ...(labels && { Labels: labels }),
      };
      return { name: text(fields(await post('/volumes/create', {}, body)).Name) };
    },
    async removeVolume(volume, { force } = {}) {
      await remove(`/volumes/${segment(volume)}`, { force });
    },
    inspectVolume: (volume) => get(`/volumes/${segment(volume)}`),
    async createNetwork(options) {
      const answer = fields(await post('/networks/create', {}, networkBody(options)));
      return { id: text(answer.Id), warning: text(answer.Warning) };
    },
    async removeNetwork(network) {
      await remove(`/networks/${segment(network)}`);
    },
    inspectNetwork: (network) => get(`/networks/${segment(network)}`),
    async connectNetwork(network, name, { aliases, ip, ip6 } = {}) {
      const address = { ...(ip && { IPv4Address: ip }), ...(ip6 && { IPv6Address: ip6 }) };
      const endpoint = {
        ...(aliases?.length && { Aliases: aliases }),
        ...(Object.keys(address).length > 0 && { IPAMConfig: address }),
      };
      await post(`/networks/${segment(network)}/connect`, {}, { Container: name, EndpointConfig: endpoint });
    },
    async disconnectNetwork(network, name, { force = false } = {}) {
      await post(`/networks/${segment(network)}/disconnect`, {}, { Container: name, Force: force });
    },
  };
}

/** How each kind is pruned, and where the answer says what went. Since API 1.42 volumes with a name need `all`. */
const prunes: Readonly<Record<PruneKind, { path: string; query: Record<string, unknown>; removed: string[] }>> = {
  containers: { path: '/containers/prune', query: {}, removed: ['ContainersDeleted'] },
  images: { path: '/images/prune', query: { filters: { dangling: ['true'] } }, removed: ['ImagesDeleted'] },
  allImages: { path: '/images/prune', query: { filters: { dangling: ['false'] } }, removed: ['ImagesDeleted'] },
  networks: { path: '/networks/prune', query: {}, removed: ['NetworksDeleted'] },
  volumes: { path: '/volumes/prune', query: {}, removed: ['VolumesDeleted'] },
  allVolumes: { path: '/volumes/prune', query: { filters: { all: ['true'] } }, removed: ['VolumesDeleted'] },
  buildCache: { path: '/build/prune', query: { all: true }, removed: ['CachesDeleted'] },
};

/** The container is there, so that it is the request that Podman before version 5 does not know. */
function notKnown(error: unknown): never {
  if (error instanceof EngineError && error.status === 404 && !/no such container/i.test(error.message)) {
    throw new UserError(
      'not-possible',
      t(
        'This engine changes no limits of a container that is there. Create the container again: Edit and Run Again opens its options.',
      ),
      { cause: error },
    );
  }
  throw error;
}

function atLeast(version: string, major: number, minor: number): boolean {
  const [ours = 0, ourMinor = 0] = version.split('.').map(Number);
  return ours > major || (ours === major && ourMinor >= minor);
}

function removedName(value: unknown): string {
  const { Untagged, Deleted } = fields(value);
  return text(value) || text(Untagged) || text(Deleted);
}

function networkBody(options: NetworkOptions): Record<string, unknown> {
  const { name, driver, subnets = [], gateways = [], internal, attachable, ipv6, labels } = options;
  const pools = subnets.map((subnet, index) => ({
    Subnet: subnet,
    ...(gateways[index] && { Gateway: gateways[index] }),
  }));
  return {
    Name: name,
    // Engines before API 1.44 take two networks of one name otherwise.
    CheckDuplicate: true,
    ...(driver && { Driver: driver }),
    ...(pools.length > 0 && { IPAM: { Config: pools } }),
    ...(internal && { Internal: true }),
    ...(attachable && { Attachable: true }),
    ...(ipv6 && { EnableIPv6: true }),
    ...(options.options && { Options: options.options }),
    ...(labels && { Labels: labels }),
  };
}

/** `Loaded image: busybox:latest`, `Loaded image ID: sha256:…`; a failure comes inside the stream. */
async function loadedRefs(stream: AsyncIterable<Uint8Array>): Promise<string[]> {
  let refs: string[] = [];
  let failure = '';
  const lines = jsonLines((value) => {
    const line = fields(value);
    failure ||= text(fields(line.errorDetail).message) || text(line.error);
    for (const [, ref = ''] of text(line.stream).matchAll(/Loaded image(?: ID|\(s\))?: (.+)/g)) {
      refs = refs.concat(ref.split(',').map((each) => each.trim()));
    }
  });
  for await (const chunk of stream) {
    lines.push(chunk);
  }
  lines.end();
  if (failure) {
    throw new EngineError(failure, { status: 200 });
  }
  return refs;
}
