// Reads manifests and image configurations, checked against their digests; what was read once is not asked for again.
import { t } from '../../model/l10n.ts';
import { isDigest } from '../../model/reference.ts';
import { RegistryError } from '../../model/registries/error.ts';
import { createLruCache } from '../http/lruCache.ts';
import type { Answer } from '../http/message.ts';
import { badAnswer, notJson } from '../http/problems.ts';
import { createSingleFlight } from '../http/singleFlight.ts';
import type { ImageConfig, Manifest, ManifestHead, RegistryClient } from '../types.ts';
import { acceptManifests, digestLike, mediaTypeOf, readConfig, readManifest } from './manifests.ts';
import type { Session } from './session.ts';

export interface ImageReader extends Pick<RegistryClient, 'manifest' | 'head' | 'config'> {
  /** Drops everything that was read. */
  clear(): void;
}

const maxManifestBytes = 4 * 1024 * 1024;
/** Bytes of manifests, and of configurations, that are held. */
const maxCacheBytes = 16 * 1024 * 1024;

/**
 * Asks nothing until something is read; who asks for the same at the same time shares one request. Rejects with
 * `digest-mismatch` and `bad-answer` for content that is not what was asked for, else as the session does.
 */
export function createImageReader(session: Session): ImageReader {
  const manifests = createLruCache<Manifest>(maxCacheBytes);
  const configs = createLruCache<ImageConfig>(maxCacheBytes);
  /** The digest that a tag had last, for a conditional request. */
  const lastDigests = new Map<string, string>();
  const shareManifest = createSingleFlight<Manifest>();
  const shareConfig = createSingleFlight<ImageConfig>();

  async function askManifest(repository: string, reference: string, signal: AbortSignal): Promise<Manifest> {
    const tag = isDigest(reference) ? undefined : `${repository}:${reference}`;
    const known = manifests.get(tag === undefined ? reference : (lastDigests.get(tag) ?? ''));
    const answer = await session.repository(
      repository,
      ['pull'],
      {
        method: 'GET',
        url: session.url(`${repository}/manifests/${reference}`),
        headers: { Accept: acceptManifests, ...(known ? { 'If-None-Match': `"${known.digest}"` } : {}) },
        maxBytes: maxManifestBytes,
      },
      signal,
    );
    if (answer.status === 304 && known) {
      return known;
    }
    const { body, headers } = session.expect(answer, 200);
    const digest = checkDigest(session.host, body, tag === undefined ? reference : digestHeader(headers));
    const content = readOr(session.host, body, () => readManifest(body, headers['content-type']));
    const read: Manifest = { digest, bytes: body, ...content };
    manifests.set(digest, read, body.length);
    if (tag !== undefined) {
      lastDigests.set(tag, digest);
    }
    return read;
  }

  async function askConfig(repository: string, digest: string, signal: AbortSignal): Promise<ImageConfig> {
    const request = { method: 'GET', url: session.url(`${repository}/blobs/${digest}`) } as const;
    const { body } = session.expect(await session.repository(repository, ['pull'], request, signal), 200);
    checkDigest(session.host, body, digest);
    const config = readOr(session.host, body, () => readConfig(body));
    configs.set(digest, config, body.length);
    return config;
  }

  async function manifest(repository: string, reference: string, signal: AbortSignal): Promise<Manifest> {
    const known = isDigest(reference) ? manifests.get(reference) : undefined;
    return (
      known ??
      shareManifest(`${repository} ${reference}`, signal, (shared) => askManifest(repository, reference, shared))
    );
  }

  async function head(repository: string, reference: string, signal: AbortSignal): Promise<ManifestHead> {
    const url = session.url(`${repository}/manifests/${reference}`);
    const request = { method: 'HEAD', url, headers: { Accept: acceptManifests } } as const;
    const { status, headers } = await session.repository(repository, ['pull'], request, signal);
    const digest = digestHeader(headers);
    if (status === 200 && digest !== undefined) {
      return { digest, mediaType: mediaTypeOf(headers['content-type']), size: Number(headers['content-length'] ?? 0) };
    }
    // HEAD has no body: the reason of a failure, and a digest that is not in a header, take a GET.
    const found = await manifest(repository, reference, signal);
    return { digest: found.digest, mediaType: found.mediaType, size: found.bytes.length };
  }

  return {
    manifest,
    head,
    config: async (repository, digest, signal) =>
      configs.get(digest) ??
      shareConfig(`${repository} ${digest}`, signal, (shared) => askConfig(repository, digest, shared)),
    clear() {
      manifests.clear();
      configs.clear();
    },
  };
}

/** The digest of the bytes; throws, naming both, when it is not the one that was promised. */
function checkDigest(host: string, bytes: Uint8Array, promised: string | undefined): string {
  const actual = digestLike(bytes, promised);
  if (actual === undefined) {
    throw badAnswer(
      host,
      t('{0} names content by the digest {1}, whose algorithm is not known here.', host, promised ?? ''),
    );
  }
  if (promised !== undefined && actual !== promised) {
    throw new RegistryError(
      'digest-mismatch',
      t(
        '{0} sent content that is not what its digest names: {1} was promised, {2} arrived. Nothing of it was kept.',
        host,
        promised,
        actual,
      ),
      { host },
    );
  }
  return actual;
}

function digestHeader(headers: Answer['headers']): string | undefined {
  const header = headers['docker-content-digest'];
  const text = (Array.isArray(header) ? header[0] : header)?.trim();
  return text !== undefined && isDigest(text) ? text : undefined;
}

/** What is read of an answer; throws `bad-answer` where it cannot be read. */
function readOr<T>(host: string, bytes: Uint8Array, read: () => T): T {
  try {
    return read();
  } catch {
    throw notJson(host, bytes);
  }
}
