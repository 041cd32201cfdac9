// Fills a registry over its own HTTP API with images of one small layer.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

export interface Filled {
  digest: string;
  configDigest: string;
  layerSize: number;
}

/** `url` is the registry's base; `headers` carry a login where one is needed. */
export async function putImage(
  url: string,
  repository: string,
  tags: readonly string[],
  content: string,
  headers: Record<string, string> = {},
): Promise<Filled> {
  const layer = gzipSync(Buffer.from(content.padEnd(1024)));
  const config = Buffer.from(
    JSON.stringify({
      architecture: 'amd64',
      os: 'linux',
      created: '2026-01-02T03:04:05Z',
      config: { Cmd: ['sh'], Env: ['A=b'], Labels: { about: content }, ExposedPorts: { '80/tcp': {} } },
      history: [{ created_by: 'RUN one' }, { created_by: 'ENV A=b', empty_layer: true }],
      rootfs: { type: 'layers', diff_ids: [] },
    }),
  );
  for (const blob of [layer, config]) {
    const opened = await checked(fetch(`${url}/v2/${repository}/blobs/uploads/`, { method: 'POST', headers }));
    const place = new URL(opened.headers.get('location') ?? '', url);
    place.searchParams.set('digest', digestOf(blob));
    await checked(
      fetch(place, { method: 'PUT', headers: { ...headers, 'Content-Type': 'application/octet-stream' }, body: blob }),
    );
  }
  const type = 'application/vnd.docker.distribution.manifest.v2+json';
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: type,
    config: {
      mediaType: 'application/vnd.docker.container.image.v1+json',
      size: config.length,
      digest: digestOf(config),
    },
    layers: [
      { mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip', size: layer.length, digest: digestOf(layer) },
    ],
  });
  for (const tag of tags) {
    const target = `${url}/v2/${repository}/manifests/${tag}`;
    await checked(fetch(target, { method: 'PUT', headers: { ...headers, 'Content-Type': type }, body: manifest }));
  }
  return { digest: digestOf(manifest), configDigest: digestOf(config), layerSize: layer.length };
}

export function digestOf(bytes: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

async function checked(answer: Promise<Response>): Promise<Response> {
  const response = await answer;
  if (!response.ok) {
    throw new Error(`${response.url}: ${response.status} ${await response.text()}`);
  }
  return response;
}
