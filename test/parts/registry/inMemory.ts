// A registry in memory that speaks the whole push and pull protocol, with a hook for each request in which tests misbehave.
import { createHash, randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface MemoryRegistry {
  /** `127.0.0.1:PORT` */
  host: string;
  blobs: Map<string, Buffer>;
  /** By `repository:tag` and `repository@digest`. */
  manifests: Map<string, { type: string; body: Buffer }>;
  /** Open uploads by their id. */
  uploads: Map<string, Buffer>;
  /** `METHOD /path?query` in order of arrival. */
  requests: string[];
  putBlob(content: string | Buffer): { digest: string; size: number };
  putManifest(
    repository: string,
    references: readonly string[],
    manifest: { mediaType: string; [field: string]: unknown },
  ): string;
  stop(): Promise<void>;
}

/** Answers in place of the registry when it returns true. */
export type Hook = (request: http.IncomingMessage, response: http.ServerResponse, self: string) => boolean;

export const digestOf = (content: string | Uint8Array) =>
  `sha256:${createHash('sha256').update(content).digest('hex')}`;

export async function startMemoryRegistry(
  options: { hook?: Hook; location?: (path: string, self: string) => string; subjects?: boolean } = {},
): Promise<MemoryRegistry> {
  const blobs: MemoryRegistry['blobs'] = new Map();
  const manifests: MemoryRegistry['manifests'] = new Map();
  const uploads: MemoryRegistry['uploads'] = new Map();
  const requests: string[] = [];
  let self = '';

  const server = http.createServer(async (request, response) => {
    const { method = '', url = '' } = request;
    requests.push(`${method} ${url}`);
    if (options.hook?.(request, response, self)) {
      return;
    }
    const pieces: Buffer[] = [];
    for await (const piece of request) {
      pieces.push(piece as Buffer);
    }
    const body = Buffer.concat(pieces);
    const { pathname, searchParams } = new URL(url, self);
    const answer = (status: number, headers: http.OutgoingHttpHeaders = {}, content?: Buffer) => {
      response.writeHead(status, { 'Content-Length': content?.length ?? 0, ...headers });
      response.end(method === 'HEAD' ? undefined : content);
    };
    const [, repository = '', kind = '', rest = ''] =
      /^\/v2\/(.+)\/(manifests|blobs|tags|referrers)\/(.*)$/.exec(pathname) ?? [];
    const [, uploadRepository = repository.replace(/\/blobs$/, ''), id = ''] =
      /^\/v2\/(.+)\/blobs\/uploads\/(.*)$/.exec(pathname) ?? [];
    const opened = uploads.get(id);
    const place = (name: string) =>
      options.location?.(`/v2/${uploadRepository}/blobs/uploads/${name}`, self) ??
      `/v2/${uploadRepository}/blobs/uploads/${name}`;

    if (pathname.includes('/blobs/uploads/')) {
      if (method === 'POST') {
        const mount = searchParams.get('mount');
        if (mount !== null && blobs.has(mount)) {
          answer(201);
          return;
        }
        const name = randomUUID();
        uploads.set(name, Buffer.alloc(0));
        answer(202, { Location: place(name) });
      } else if (opened === undefined) {
        answer(404);
      } else if (method === 'PATCH') {
        uploads.set(id, Buffer.concat([opened, body]));
        answer(202, { Location: place(id) });
      } else if (method === 'DELETE') {
        uploads.delete(id);
        answer(204);
      } else {
        const content = Buffer.concat([opened, body]);
        const digest = digestOf(content);
        uploads.delete(id);
        if (digest !== searchParams.get('digest')) {
          answer(400);
          return;
        }
        blobs.set(digest, content);
        answer(201);
      }
    } else if (kind === 'blobs') {
      const blob = blobs.get(rest);
      answer(blob ? 200 : 404, blob ? { 'Content-Length': blob.length } : {}, blob);
    } else if (kind === 'manifests' && method === 'PUT') {
      const entry = { type: request.headers['content-type'] ?? '', body };
      const { subject } = JSON.parse(body.toString()) as { subject?: { digest: string } };
      manifests.set(`${repository}@${digestOf(body)}`, entry);
      if (!rest.includes(':')) {
        manifests.set(`${repository}:${rest}`, entry);
      }
      answer(201, options.subjects && subject ? { 'OCI-Subject': subject.digest } : {});
    } else if (kind === 'manifests') {
      const entry = manifests.get(`${repository}${rest.includes(':') ? '@' : ':'}${rest}`);
      answer(
        entry ? 200 : 404,
        entry
          ? {
              'Content-Type': entry.type,
              'Content-Length': entry.body.length,
              'Docker-Content-Digest': digestOf(entry.body),
            }
          : {},
        entry?.body,
      );
    } else if (kind === 'referrers' && options.subjects) {
      const found = [...manifests]
        .filter(([key]) => key.startsWith(`${repository}@`))
        .filter(
          ([, { body: content }]) =>
            (JSON.parse(content.toString()) as { subject?: { digest: string } }).subject?.digest === rest,
        )
        .map(([, { type, body: content }]) => ({ mediaType: type, digest: digestOf(content), size: content.length }));
      answer(200, { 'Content-Type': 'application/json' }, Buffer.from(JSON.stringify({ manifests: found })));
    } else {
      answer(pathname === '/v2/' ? 200 : 404);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  self = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ host: new URL(self).host, blobs, manifests, uploads, requests },
    putBlob(content) {
      const bytes = Buffer.from(content);
      blobs.set(digestOf(bytes), bytes);
      return { digest: digestOf(bytes), size: bytes.length };
    },
    putManifest(repository, references, manifest) {
      const entry = { type: manifest.mediaType, body: Buffer.from(JSON.stringify(manifest)) };
      manifests.set(`${repository}@${digestOf(entry.body)}`, entry);
      for (const reference of references) {
        manifests.set(`${repository}:${reference}`, entry);
      }
      return digestOf(entry.body);
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
