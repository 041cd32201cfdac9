// Writes a registry's data folder directly, in the layout of the distribution project: thousands of repositories in seconds.
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface LayoutImage {
  platform?: { os: string; architecture: string; variant?: string };
  /** ISO 8601. */
  created?: string;
  /** Bytes of each layer, with the step that made it. */
  layers: readonly { size: number; step: string; seed?: string }[];
  /** Steps without a layer, which come last. */
  steps?: readonly string[];
  config?: object;
}

export interface Layout {
  /** Lists a repository without any content. */
  list(repository: string): void;
  /** Stores an image in a repository and gives its manifest's digest. */
  image(repository: string, image: LayoutImage): string;
  /** Stores an index of images with their platforms, and of attestations for them. */
  index(
    repository: string,
    images: readonly { digest: string; platform: LayoutImage['platform'] }[],
    attestations?: readonly { digest: string; of: string }[],
  ): string;
  tag(repository: string, tag: string, digest: string): void;
}

const types = {
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  index: 'application/vnd.oci.image.index.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
};

/** `data` is the registry's `rootdirectory`. */
export function createLayout(data: string): Layout {
  const root = join(data, 'docker', 'registry', 'v2');
  const sizes = new Map<string, number>();
  const folderOf = (repository: string, ...parts: string[]) => {
    const folder = join(root, 'repositories', ...repository.split('/'), ...parts);
    mkdirSync(folder, { recursive: true });
    return folder;
  };
  const link = (folder: string, digest: string) => writeFileSync(join(folder, 'link'), digest);
  const blob = (content: Uint8Array): string => {
    const hex = createHash('sha256').update(content).digest('hex');
    if (!sizes.has(hex)) {
      const folder = join(root, 'blobs', 'sha256', hex.slice(0, 2), hex);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'data'), content);
      sizes.set(hex, content.length);
    }
    return `sha256:${hex}`;
  };
  const sizeOf = (digest: string) => sizes.get(digest.slice(7)) ?? 0;
  const layer = (repository: string, content: Uint8Array) => {
    const digest = blob(content);
    link(folderOf(repository, '_layers', 'sha256', digest.slice(7)), digest);
    return { digest, size: content.length };
  };
  const manifest = (repository: string, value: object) => {
    const digest = blob(json(value));
    link(folderOf(repository, '_manifests', 'revisions', 'sha256', digest.slice(7)), digest);
    return digest;
  };
  return {
    list: (repository) => void folderOf(repository, '_layers'),
    image(repository, { platform = { os: 'linux', architecture: 'amd64' }, created, layers, steps = [], config = {} }) {
      const stored = layers.map(({ size, seed }) => layer(repository, bytesOf(size, seed)));
      const storedConfig = layer(
        repository,
        json({
          ...platform,
          ...(created === undefined ? {} : { created }),
          config,
          rootfs: { type: 'layers', diff_ids: stored.map(({ digest }) => digest) },
          history: [
            ...layers.map(({ step }) => ({ created, created_by: step })),
            ...steps.map((step) => ({ created, created_by: step, empty_layer: true })),
          ],
        }),
      );
      return manifest(repository, {
        schemaVersion: 2,
        mediaType: types.manifest,
        config: { mediaType: types.config, ...storedConfig },
        layers: stored.map((entry) => ({ mediaType: types.layer, ...entry })),
      });
    },
    index: (repository, images, attestations = []) =>
      manifest(repository, {
        schemaVersion: 2,
        mediaType: types.index,
        manifests: [
          ...images.map(({ digest, platform }) => ({
            mediaType: types.manifest,
            digest,
            size: sizeOf(digest),
            platform,
          })),
          ...attestations.map(({ digest, of }) => ({
            mediaType: types.manifest,
            digest,
            size: sizeOf(digest),
            platform: { os: 'unknown', architecture: 'unknown' },
            annotations: {
              'vnd.docker.reference.type': 'attestation-manifest',
              'vnd.docker.reference.digest': of,
            },
          })),
        ],
      }),
    tag(repository, tag, digest) {
      link(folderOf(repository, '_manifests', 'tags', tag, 'current'), digest);
      link(folderOf(repository, '_manifests', 'tags', tag, 'index', 'sha256', digest.slice(7)), digest);
    },
  };
}

function json(value: object): Buffer {
  return Buffer.from(JSON.stringify(value));
}

/** The same seed gives the same bytes, so that images can share layers. */
function bytesOf(size: number, seed: string | undefined): Buffer {
  return seed === undefined ? randomBytes(size) : Buffer.alloc(size, createHash('sha256').update(seed).digest());
}
