// Copies an image from one repository to another, in one registry or between two: blobs first, then manifests, then the tag.
import { createHash, type Hash } from 'node:crypto';
import { Cancelled, UserError } from '../../../model/errors.ts';
import { t } from '../../../model/l10n.ts';
import { RegistryError } from '../../../model/registries/error.ts';
import { plain } from '../../../model/text.ts';
import { algorithmOf } from '../../api/manifests.ts';
import { createLimit } from '../../http/semaphore.ts';
import type { Descriptor, Manifest, RegistryClient, Upload } from '../../types.ts';
import { copyReferrers } from './attached.ts';

export interface CopyPlace {
  client: RegistryClient;
  repository: string;
}

export interface CopyRequest {
  from: CopyPlace & { reference: string };
  to: CopyPlace & { tag: string };
  /** Both are the same registry, so that blobs can be mounted. */
  sameRegistry: boolean;
  /** Signatures, SBOMs and attestations that refer to the image go along. */
  referrers: boolean;
  onProgress?: (progress: CopyProgress) => void;
  /** Keeps note of uploads while they are open, for the case that this process does not live to end them. */
  journal?: UploadJournal;
}

/** Bytes of the blobs that are in place or on their way; `total` grows while manifests are read. */
export interface CopyProgress {
  done: number;
  total: number;
}

export interface UploadJournal {
  opened(repository: string, location: string): Promise<void>;
  closed(location: string): Promise<void>;
}

export interface CopyResult {
  digest: string;
  /** Blobs that were sent, taken over inside the registry, and there already. */
  blobs: { sent: number; mounted: number; present: number };
  /** Bytes that were sent. */
  bytes: number;
  /** Digests of the referrers that went along. */
  referrers: string[];
}

/** What a copy knows while it runs. */
export interface Copying extends CopyRequest {
  signal: AbortSignal;
  progress: CopyProgress;
  result: CopyResult;
  /** One flight for each blob, since platforms share layers. */
  blobs: Map<string, Promise<void>>;
  /** Ends everything that still runs; the first reason is what the person hears. */
  fail(reason: unknown): void;
}

/** Few at once: each holds a connection to both registries. All copies of the product share them. */
const streams = createLimit(3);
/** An index may hold an index; more than this is no image. */
const deepest = 4;
/** Failures of one transfer that a second try may mend. */
const passing = new Set(['connection-lost', 'timeout', 'server-error', 'unauthorized']);

/**
 * Copies the image with all its platforms. The digest stays: the manifests go over byte for byte, and the tag is asked for at
 * the end. What is at the target already is not sent again, so a copy that was broken off goes on where it was.
 * Cancelled or failed, it takes its open uploads away before it rejects; the tag is set last, so it never names half an image.
 */
export async function copyImage(request: CopyRequest, signal: AbortSignal): Promise<CopyResult> {
  const { from, to } = request;
  const stop = new AbortController();
  let failure: { reason: unknown } | undefined;
  const copying: Copying = {
    ...request,
    signal: AbortSignal.any([signal, stop.signal]),
    progress: { done: 0, total: 0 },
    result: { digest: '', blobs: { sent: 0, mounted: 0, present: 0 }, bytes: 0, referrers: [] },
    blobs: new Map(),
    fail(reason) {
      failure ??= { reason };
      stop.abort();
    },
  };
  try {
    const top = await from.client.manifest(from.repository, from.reference, copying.signal);
    copying.result.digest = top.digest;
    await copyManifest(copying, top, to.tag);
    if (request.referrers) {
      await copyReferrers(copying, top);
    }
    const { digest } = await to.client.head(to.repository, to.tag, copying.signal);
    if (digest !== top.digest) {
      throw new RegistryError(
        'digest-mismatch',
        t('{0} gives the copy the digest {1} instead of {2}.', to.client.address.host, digest, top.digest),
        { host: to.client.address.host },
      );
    }
    return copying.result;
  } catch (error) {
    // The transfers that run beside the one that failed end too, with their uploads.
    copying.fail(error);
    await Promise.allSettled(copying.blobs.values());
    throw failure?.reason ?? error;
  }
}

/** Copies what a manifest names, then the manifest itself under `reference`; resolves as `putManifest` does. */
export async function copyManifest(
  copying: Copying,
  manifest: Manifest,
  reference: string,
  depth = 0,
): Promise<{ subject?: string }> {
  const { from, to, signal } = copying;
  const { content } = manifest;
  if (content.kind === 'other' || depth > deepest) {
    throw new UserError(
      'cannot-copy',
      t('{0} has the type {1}, which cannot be copied.', manifest.digest, plain(manifest.mediaType || '?', 100)),
    );
  }
  if (content.kind === 'index') {
    await each([...content.manifests, ...content.attestations], async (child) => {
      await copyManifest(copying, await childOf(child), child.digest, depth + 1);
    });
  } else {
    await each([content.config, ...content.layers].filter(isStored), (blob) => copyBlob(copying, blob));
  }
  if (signal.aborted) {
    throw new Cancelled();
  }
  return to.client.putManifest(to.repository, reference, manifest, signal);

  async function childOf({ digest, platform }: Descriptor): Promise<Manifest> {
    try {
      return await from.client.manifest(from.repository, digest, signal);
    } catch (error) {
      if (error instanceof RegistryError && error.code === 'not-found') {
        const name = platform ? `${platform.os}/${platform.architecture}` : digest;
        throw new UserError(
          'incomplete-image',
          t('The image cannot be copied whole: {0} has lost its part for {1}.', from.client.address.host, name),
          { cause: error },
        );
      }
      throw error;
    }
  }
}

function copyBlob(copying: Copying, blob: Descriptor): Promise<void> {
  const known = copying.blobs.get(blob.digest);
  if (known) {
    return known;
  }
  copying.progress.total += blob.size;
  const running = transfer(copying, blob);
  copying.blobs.set(blob.digest, running);
  return running;
}

async function transfer(copying: Copying, blob: Descriptor): Promise<void> {
  const { signal, progress, result } = copying;
  const release = await streams(signal);
  try {
    for (let tries = 1; ; tries += 1) {
      const before = progress.done;
      try {
        result.blobs[await transferOnce(copying, blob)] += 1;
        return;
      } catch (error) {
        advance(copying, before - progress.done);
        if (tries > 1 || signal.aborted || !(error instanceof RegistryError && passing.has(error.code))) {
          throw error;
        }
      }
    }
  } catch (error) {
    copying.fail(error);
    throw error;
  } finally {
    release();
  }
}

async function transferOnce(copying: Copying, { digest, size }: Descriptor): Promise<keyof CopyResult['blobs']> {
  const { from, to, signal } = copying;
  if (await to.client.hasBlob(to.repository, digest, signal)) {
    advance(copying, size);
    return 'present';
  }
  const algorithm = algorithmOf(digest);
  if (algorithm === undefined) {
    // Said before an upload is opened, which would have to be taken away again.
    throw new UserError(
      'cannot-copy',
      t(
        '{0} cannot be copied: the algorithm of its digest is not known here, so that it cannot be checked on its way.',
        plain(digest, 200),
      ),
    );
  }
  const mount = copying.sameRegistry ? { digest, from: from.repository } : undefined;
  const upload = await to.client.openUpload(to.repository, mount, signal);
  if (upload === undefined) {
    advance(copying, size);
    return 'mounted';
  }
  const hash = createHash(algorithm);
  let sent = false;
  try {
    await copying.journal?.opened(to.repository, upload.location);
    await from.client.readBlob(
      from.repository,
      digest,
      (pieces) => upload.send(digest, checked(copying, pieces, { digest, size, hash }), signal),
      signal,
    );
    sent = true;
    copying.result.bytes += size;
    return 'sent';
  } finally {
    const soFar = `${algorithm}:${hash.copy().digest('hex')}`;
    await close(copying, upload, sent ? undefined : soFar);
  }
}

/** An upload that is over, or with the digest of what was sent, is to end. What cannot be ended stays in the journal. */
async function close(copying: Copying, upload: Upload, soFar: string | undefined): Promise<void> {
  if (soFar === undefined) {
    await copying.journal?.closed(upload.location);
    return;
  }
  try {
    await upload.cancel(soFar);
    await copying.journal?.closed(upload.location);
  } catch {
    // The failure of the copy itself is what the person hears.
  }
}

/** Counts and hashes what goes through; the last piece goes out only when all of it is what the digest names. */
async function* checked(
  copying: Copying,
  pieces: AsyncIterable<Uint8Array>,
  { digest, size, hash }: { digest: string; size: number; hash: Hash },
): AsyncGenerator<Uint8Array> {
  const { host } = copying.from.client.address;
  let seen = 0;
  for await (const piece of pieces) {
    seen += piece.length;
    const whole = seen === size ? hash.copy().update(piece).digest('hex') : undefined;
    if (seen > size || (whole !== undefined && whole !== digest.slice(digest.indexOf(':') + 1))) {
      throw new RegistryError(
        'digest-mismatch',
        t('{0} sent content that is not what its digest {1} names. Nothing of it was kept.', host, digest),
        { host },
      );
    }
    hash.update(piece);
    yield piece;
    advance(copying, piece.length);
  }
  if (seen < size) {
    throw new RegistryError('connection-lost', t('{0} ended its answer too early. Try again.', host), { host });
  }
}

function advance({ progress, onProgress }: Copying, bytes: number): void {
  progress.done += bytes;
  onProgress?.({ ...progress });
}

/** Layers of Windows base images may only be fetched from their owner; registries do not hold them. */
function isStored({ mediaType }: Descriptor): boolean {
  return !/\.(foreign|nondistributable)\./.test(mediaType);
}

/** Does something for all; the first failure is the result once all have ended, so that none is left running. */
async function each<T>(items: readonly T[], task: (item: T) => Promise<void>): Promise<void> {
  const outcomes = await Promise.allSettled(items.map(task));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) {
    throw failed.reason;
  }
}
