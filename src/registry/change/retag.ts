// One more tag for an image that is there.
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import type { RegistryClient } from '../types.ts';

/** Gives an image one more tag in its repository, without moving any of it. Rejects with `digest-mismatch` where it is not the same image. */
export async function retag(
  client: RegistryClient,
  { registry, repository, reference }: { registry: string; repository: string; reference: string },
  tag: string,
  signal: AbortSignal,
): Promise<{ digest: string }> {
  const manifest = await client.manifest(repository, reference, signal);
  await client.putManifest(repository, tag, manifest, signal);
  const { digest } = await client.head(repository, tag, signal);
  if (digest !== manifest.digest) {
    throw new UserError(
      'digest-mismatch',
      t('{0} gives the new tag the digest {1} instead of {2}.', registry, digest, manifest.digest),
    );
  }
  return { digest };
}
