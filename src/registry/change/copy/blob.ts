// Copies one blob: it is taken over, or sent from one registry to the other without being held here.
import { createHash, type Hash } from 'node:crypto';
import { UserError } from '../../../model/errors.ts';
import { t } from '../../../model/l10n.ts';
import { RegistryError } from '../../../model/registries/error.ts';
import { plain } from '../../../model/text.ts';
import { algorithmOf } from '../../api/manifests.ts';
import { createSemaphore } from '../../http/semaphore.ts';
import type { Descriptor, Upload } from '../../types.ts';
import type { Copying, CopyResult } from './types.ts';

/** Few at once: each holds a connection to both registries. All copies of the product share them. */
const streams = createSemaphore(3);
/** Failures of one transfer that a second try may mend. */
const passing = new Set(['connection-lost', 'timeout', 'server-error', 'unauthorized']);

/** Copies a blob, or joins the transfer of it that is under way. Rejects with what made the copy fail. */
export function copyBlob(copying: Copying, blob: Descriptor): Promise<void> {
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
