// The engine as a whole over its API: what it says of itself, its disk, and what can be cleaned up.

import { isOlder } from '../../model/apiVersion.ts';
import { type DiskUsage, type PruneKind, prunePreview, readDiskUsage } from '../../model/engines/diskUse.ts';
import { EngineError } from '../../model/engines/error.ts';
import { fields, list, text } from '../../model/untyped.ts';
import { type Request, segment, type Transport } from '../connection/transport.ts';
import { createRequests } from './jsonRequests.ts';

/** Milliseconds for measuring the disk: with many volumes the engine reads all their folders. */
const measureTimeout = 120_000;

export interface System {
  /** What the engine says of itself (`GET /info`): its whole answer. */
  info(): Promise<unknown>;
  /** The engine may take seconds to measure. */
  diskUsage(signal?: AbortSignal): Promise<DiskUsage>;
  /** Removes what `model/engines/diskUse.ts` names for the kind. */
  prune(kind: PruneKind): Promise<{ removed: string[]; bytes: number }>;
}

/** `apiVersion` is the version that was agreed with the engine. */
export function createSystem(transport: Transport, apiVersion: string): System {
  const { get, post, remove } = createRequests(transport);
  /** Since API 1.42 the engine tells volumes without a name of their own, and spares the others. */
  const labelled = !isOlder(apiVersion, '1.42');
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
    info: async () => fields(await get('/info')),
    diskUsage: measure,
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

function removedName(value: unknown): string {
  const { Untagged, Deleted } = fields(value);
  return text(value) || text(Untagged) || text(Deleted);
}
