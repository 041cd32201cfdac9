// Fills a registry with images of several platforms, large layers, signatures and referrers, and looks into its folders.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from './fill.ts';

export const types = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
};

export interface Entry {
  mediaType: string;
  digest: string;
  size: number;
}

export interface ImageOptions {
  platform?: { os: string; architecture: string };
  /** ISO 8601; none when absent. */
  created?: string;
  layers: readonly Uint8Array[];
  subject?: Entry;
  artifactType?: string;
}

/** Puts one image and gives its descriptor; without tags it is there by its digest. */
export async function putOciImage(
  url: string,
  repository: string,
  tags: readonly string[],
  options: ImageOptions,
): Promise<Entry & { platform: { os: string; architecture: string } }> {
  const platform = options.platform ?? { os: 'linux', architecture: 'amd64' };
  const config = Buffer.from(
    JSON.stringify({ ...platform, created: options.created, rootfs: { type: 'layers', diff_ids: [] } }),
  );
  const manifest = {
    schemaVersion: 2,
    mediaType: types.manifest,
    ...(options.artifactType ? { artifactType: options.artifactType } : {}),
    config: await putBlob(url, repository, config, types.config),
    layers: await Promise.all(options.layers.map((layer) => putBlob(url, repository, layer, types.layer))),
    ...(options.subject ? { subject: options.subject } : {}),
  };
  return { ...(await putManifest(url, repository, tags, manifest)), platform };
}

/** Puts an index over images that are there. */
export function putIndex(
  url: string,
  repository: string,
  tags: readonly string[],
  manifests: readonly Entry[],
): Promise<Entry> {
  return putManifest(url, repository, tags, { schemaVersion: 2, mediaType: types.index, manifests });
}

export async function putManifest(
  url: string,
  repository: string,
  tags: readonly string[],
  manifest: { mediaType: string; [field: string]: unknown },
): Promise<Entry> {
  const body = JSON.stringify(manifest);
  const digest = digestOf(body);
  for (const reference of tags.length > 0 ? tags : [digest]) {
    await checked(
      fetch(`${url}/v2/${repository}/manifests/${reference}`, {
        method: 'PUT',
        headers: { 'Content-Type': manifest.mediaType },
        body,
      }),
    );
  }
  return { mediaType: manifest.mediaType, digest, size: Buffer.byteLength(body) };
}

export async function putBlob(url: string, repository: string, blob: Uint8Array, mediaType: string): Promise<Entry> {
  const digest = `sha256:${createHash('sha256').update(blob).digest('hex')}`;
  const opened = await checked(fetch(`${url}/v2/${repository}/blobs/uploads/`, { method: 'POST' }));
  const place = new URL(opened.headers.get('location') ?? '', url);
  place.searchParams.set('digest', digest);
  await checked(
    fetch(place, { method: 'PUT', headers: { 'Content-Type': 'application/octet-stream' }, body: Buffer.from(blob) }),
  );
  return { mediaType, digest, size: blob.length };
}

/** An index for two platforms that share a layer; `size` bytes in each layer, which do not compress. */
export async function putTwoPlatforms(
  url: string,
  repository: string,
  tags: readonly string[],
  size = 200_000,
): Promise<Entry & { children: Entry[] }> {
  const shared = randomBytes(size);
  const children = await Promise.all(
    ['amd64', 'arm64'].map((architecture) =>
      putOciImage(url, repository, [], {
        platform: { os: 'linux', architecture },
        created: '2026-03-01T00:00:00Z',
        layers: [shared, randomBytes(size)],
      }),
    ),
  );
  return { ...(await putIndex(url, repository, tags, children)), children };
}

/** The uploads that a registry of the filesystem keeps open for a repository. */
export function openUploads(folder: string, repository: string): string[] {
  const place = join(folder, 'data', 'docker', 'registry', 'v2', 'repositories', repository, '_uploads');
  return existsSync(place) ? readdirSync(place) : [];
}

/** docker-registry 2.8 leaves an empty folder of hash states where an upload was taken away; an open one has a start. */
export function uploadIsOpen(folder: string, repository: string, id: string): boolean {
  const place = join(folder, 'data', 'docker', 'registry', 'v2', 'repositories', repository, '_uploads', id);
  return existsSync(join(place, 'startedat'));
}

async function checked(answer: Promise<Response>): Promise<Response> {
  const response = await answer;
  if (!response.ok) {
    throw new Error(`${response.url}: ${response.status} ${await response.text()}`);
  }
  return response;
}
