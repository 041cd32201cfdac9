// What can be cleaned up: what would go, and how much it frees, from the engine's own measure of its disk.
import { repositoryOf, shortId } from './format.ts';
import { fields, list, number, text, textMap, texts } from './untyped.ts';

/**
 * `volumes` are those without a name of their own, `allVolumes` every volume that no container has;
 * `images` are those without a tag, `allImages` every image that no container has.
 */
export type PruneKind = 'containers' | 'images' | 'allImages' | 'networks' | 'volumes' | 'allVolumes' | 'buildCache';

/** In the order in which they are pruned: what goes first sets free what comes later. */
export const pruneKinds: readonly PruneKind[] = [
  'containers',
  'networks',
  'images',
  'allImages',
  'volumes',
  'allVolumes',
  'buildCache',
];

export interface PruneItem {
  /** Name or short id. */
  name: string;
  bytes: number;
}

/** What each kind would take. */
export type DiskUsage = Record<Exclude<PruneKind, 'networks'>, PruneItem[]>;

const ended = new Set(['created', 'exited', 'dead']);

/**
 * Reads the answer of `GET /system/df`. Layers that images share are freed only with the last of them, so that images
 * count with what is theirs alone.
 */
export function readDiskUsage(raw: unknown): DiskUsage {
  const answer = fields(raw);
  const images = list(answer.Images).map(fields);
  const free = images.filter((image) => number(image.Containers) <= 0);
  const volumes = list(answer.Volumes)
    .map(fields)
    .filter((volume) => number(fields(volume.UsageData).RefCount) <= 0);
  const anonymous = (volume: Record<string, unknown>) =>
    'com.docker.volume.anonymous' in textMap(volume.Labels) || /^[0-9a-f]{64}$/.test(text(volume.Name));
  return {
    containers: list(answer.Containers)
      .map(fields)
      .filter((container) => ended.has(text(container.State)))
      .map((container) => ({
        name: (texts(container.Names)[0] ?? '').replace(/^\//, '') || shortId(text(container.Id)),
        bytes: number(container.SizeRw),
      })),
    images: free.filter((image) => tagsOf(image).length === 0).map(imageItem),
    allImages: free.map(imageItem),
    volumes: volumes.filter(anonymous).map(volumeItem),
    allVolumes: volumes.map(volumeItem),
    buildCache: list(answer.BuildCache)
      .map(fields)
      .filter((record) => record.InUse !== true)
      .map((record) => ({ name: text(record.Description) || text(record.ID), bytes: number(record.Size) })),
  };
}

export function bytesOf(items: readonly PruneItem[]): number {
  return items.reduce((sum, { bytes }) => sum + bytes, 0);
}

function tagsOf(image: Record<string, unknown>): string[] {
  return texts(image.RepoTags).filter((tag) => !repositoryOf(tag).startsWith('<none>'));
}

function imageItem(image: Record<string, unknown>): PruneItem {
  const shared = Math.max(0, number(image.SharedSize));
  return { name: tagsOf(image).join(', ') || shortId(text(image.Id)), bytes: Math.max(0, number(image.Size) - shared) };
}

function volumeItem(volume: Record<string, unknown>): PruneItem {
  const name = text(volume.Name);
  return {
    name: /^[0-9a-f]{64}$/.test(name) ? shortId(name) : name,
    bytes: Math.max(0, number(fields(volume.UsageData).Size)),
  };
}
