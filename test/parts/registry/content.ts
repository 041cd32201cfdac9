// Fills a registry over its own HTTP API, so that tags can have the age and size that a test or the sample wants.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type TarEntry, tar } from '../machine/tar.ts';
import type { Registry } from './distribution.ts';

export interface TagContent {
  repository: string;
  tags: readonly string[];
  /** ISO 8601. */
  created: string;
  files: readonly TarEntry[];
  labels?: Record<string, string>;
  command?: readonly string[];
}

/** Uploads one image of one layer and gives its manifest's digest. */
export async function uploadImage(registry: Registry, content: TagContent): Promise<string> {
  const archive = tar(content.files);
  const layer = gzipSync(archive);
  const config = Buffer.from(
    JSON.stringify({
      architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
      os: 'linux',
      created: content.created,
      config: {
        Cmd: content.command ?? ['sh'],
        Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
        Labels: content.labels ?? {},
      },
      history: [{ created: content.created, created_by: 'a single layer' }],
      rootfs: { type: 'layers', diff_ids: [digestOf(archive)] },
    }),
  );
  await Promise.all([upload(registry, content.repository, layer), upload(registry, content.repository, config)]);
  const type = 'application/vnd.docker.distribution.manifest.v2+json';
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: type,
      config: {
        mediaType: 'application/vnd.docker.container.image.v1+json',
        size: config.length,
        digest: digestOf(config),
      },
      layers: [
        {
          mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
          size: layer.length,
          digest: digestOf(layer),
        },
      ],
    }),
  );
  for (const tag of content.tags) {
    await registry.request('PUT', `/v2/${content.repository}/manifests/${tag}`, manifest, { 'content-type': type });
  }
  return digestOf(manifest);
}

async function upload(registry: Registry, repository: string, blob: Buffer): Promise<void> {
  const { headers } = await registry.request('POST', `/v2/${repository}/blobs/uploads/`);
  const place = new URL(headers.location ?? '', registry.url);
  place.searchParams.set('digest', digestOf(blob));
  await registry.request('PUT', `${place.pathname}${place.search}`, blob, {
    'content-type': 'application/octet-stream',
  });
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
