// Copies what a manifest names (its blobs, or the images of an index), and then the manifest itself.
import { Cancelled, UserError } from '../../../model/errors.ts';
import { t } from '../../../model/l10n.ts';
import { RegistryError } from '../../../model/registries/error.ts';
import { plain } from '../../../model/text.ts';
import type { Descriptor, Manifest } from '../../types.ts';
import { copyBlob } from './blob.ts';
import type { Copying } from './types.ts';

/** An index may hold an index; more than this is no image. */
const maxDepth = 4;
/** Copies what a manifest names, then the manifest itself under `reference`; resolves as `putManifest` does. */
export async function copyManifest(
  copying: Copying,
  manifest: Manifest,
  reference: string,
  depth = 0,
): Promise<{ subject?: string }> {
  const { from, to, signal } = copying;
  const { content } = manifest;
  if (content.kind === 'other' || depth > maxDepth) {
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
