// What can be cleaned up: what would go, and how much it frees, from the engine's own measure of its disk.
import { shortId } from '../format.ts';
import { isBuiltIn } from '../networks/predefined.ts';
import type { Network } from '../objects.ts';
import { repositoryOf } from '../reference.ts';
import { fields, list, number, text, textMap, texts } from '../untyped.ts';
import { anonymousLabel, madeUp } from '../volumes/shared.ts';

/**
 * In the order in which they are pruned: what goes first sets free what comes later. `volumes` are those without a name of
 * their own, `allVolumes` every volume that no container has; `images` are those without a tag, `allImages` every image
 * that no container has.
 */
export const pruneKinds = [
  'containers',
  'networks',
  'images',
  'allImages',
  'volumes',
  'allVolumes',
  'buildCache',
] as const;
export type PruneKind = (typeof pruneKinds)[number];

export interface PruneItem {
  /** Name or short id. */
  name: string;
  bytes: number;
  /** The whole name, where `name` is a part of it. */
  key?: string;
}

/** What is on the engine's disk. */
export interface DiskUsage {
  containers: {
    name: string;
    bytes: number;
    /** It does not run, and is not paused or being started again. */
    ended: boolean;
    running: boolean;
    imageId: string;
    volumes: string[];
    networks: string[];
  }[];
  images: { id: string; tags: string[]; bytes: number }[];
  volumes: { name: string; anonymous: boolean; bytes: number }[];
  buildCache: PruneItem[];
}

/**
 * Reads the answer of `GET /system/df`. Layers that images share are freed only with the last of them, so images count
 * with what is theirs alone. `labelled`: the engine marks volumes without a name of their own by a label, as it does since
 * API 1.42; before, only their names tell.
 */
export function readDiskUsage(raw: unknown, labelled: boolean): DiskUsage {
  const answer = fields(raw);
  return {
    containers: list(answer.Containers)
      .map(fields)
      .map((container) => ({
        name: (texts(container.Names)[0] ?? '').replace(/^\//, '') || shortId(text(container.Id)),
        bytes: number(container.SizeRw),
        ended: ['created', 'exited', 'dead'].includes(text(container.State)),
        running: ['running', 'paused', 'restarting'].includes(text(container.State)),
        imageId: text(container.ImageID),
        volumes: list(container.Mounts)
          .map(fields)
          .map(({ Name }) => text(Name))
          .filter(Boolean),
        networks: Object.keys(fields(fields(container.NetworkSettings).Networks)),
      })),
    images: list(answer.Images)
      .map(fields)
      .map((image) => ({
        id: text(image.Id),
        tags: texts(image.RepoTags).filter((tag) => !repositoryOf(tag).startsWith('<none>')),
        bytes: Math.max(0, number(image.Size) - Math.max(0, number(image.SharedSize))),
      })),
    volumes: list(answer.Volumes)
      .map(fields)
      .map(({ Name, Labels, UsageData }) => ({
        name: text(Name),
        anonymous: labelled ? anonymousLabel in textMap(Labels) : madeUp.test(text(Name)),
        bytes: Math.max(0, number(fields(UsageData).Size)),
      })),
    buildCache: list(answer.BuildCache)
      .map(fields)
      .filter(({ InUse }) => InUse !== true)
      .map(({ Description, ID, Size }) => ({ name: text(Description) || text(ID), bytes: number(Size) })),
  };
}

/**
 * What each of the chosen kinds would take when they are pruned together: images and volumes of containers that go
 * become free with them.
 */
export function prunePreview(
  disk: DiskUsage,
  networks: readonly Network[],
  chosen: readonly PruneKind[],
): Partial<Record<PruneKind, PruneItem[]>> {
  const going = chosen.includes('containers') ? disk.containers.filter(({ ended }) => ended) : [];
  const left = disk.containers.filter((container) => !going.includes(container));
  const usedImages = new Set(left.map(({ imageId }) => imageId));
  const usedVolumes = new Set(left.flatMap(({ volumes }) => volumes));
  const usedNetworks = new Set(left.filter(({ running }) => running).flatMap((container) => container.networks));
  const images = disk.images.filter(({ id }) => !usedImages.has(id));
  const volumes = disk.volumes.filter(({ name }) => !usedVolumes.has(name));
  const items: Record<PruneKind, () => PruneItem[]> = {
    containers: () => going,
    networks: () =>
      networks
        .filter((network) => network.scope === 'local' && !isBuiltIn(network) && !usedNetworks.has(network.name))
        .map(({ name }) => ({ name, bytes: 0 })),
    images: () => images.filter(({ tags }) => tags.length === 0).map(imageItem),
    allImages: () => images.map(imageItem),
    volumes: () => volumes.filter(({ anonymous }) => anonymous).map(volumeItem),
    allVolumes: () => volumes.map(volumeItem),
    buildCache: () => disk.buildCache,
  };
  return Object.fromEntries(chosen.map((kind) => [kind, items[kind]()]));
}

/** Kinds without those that a larger one among them holds, in the order in which they are pruned. */
export function withoutDoubles(kinds: readonly PruneKind[]): PruneKind[] {
  return pruneKinds.filter(
    (kind) =>
      kinds.includes(kind) &&
      !(kind === 'images' && kinds.includes('allImages')) &&
      !(kind === 'volumes' && kinds.includes('allVolumes')),
  );
}

/**
 * Ended containers that hold volumes for others, as data-only containers do: a prune takes them too, and whoever starts
 * a container with `--volumes-from` them afterwards fails [001][003].
 */
export function holders(disk: DiskUsage): string[] {
  return disk.containers
    .filter(
      (one) =>
        one.ended &&
        disk.containers.some((other) => other !== one && other.volumes.some((volume) => one.volumes.includes(volume))),
    )
    .map(({ name }) => name);
}

/** The bytes of all of them together. */
export function bytesOf(items: readonly PruneItem[]): number {
  return items.reduce((sum, { bytes }) => sum + bytes, 0);
}

function imageItem({ id, tags, bytes }: DiskUsage['images'][number]): PruneItem {
  return { name: tags.join(', ') || shortId(id), bytes };
}

function volumeItem({ name, bytes }: DiskUsage['volumes'][number]): PruneItem {
  return madeUp.test(name) ? { name: shortId(name), key: name, bytes } : { name, bytes };
}
