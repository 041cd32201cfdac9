// Copies an image from one repository to another, in one registry or between two: blobs first, then manifests, then the tag.
import { t } from '../../../model/l10n.ts';
import { RegistryError } from '../../../model/registries/error.ts';
import { copyReferrers } from './attached.ts';
import { copyManifest } from './manifest.ts';
import type { Copying, CopyRequest, CopyResult } from './types.ts';

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
