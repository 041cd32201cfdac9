// Takes signatures, SBOMs and attestations along when an image is copied.
import { RegistryError } from '../../../model/registries/error.ts';
import { mediaTypes } from '../../api/manifests.ts';
import type { Descriptor, Manifest } from '../../types.ts';
import { copyManifest } from './manifest.ts';
import type { Copying } from './types.ts';

/** Cosign's own tags beside an image; the tag without a suffix is the list of referrers itself. */
const suffixes = ['.sig', '.att', '.sbom'];
/** A signature may be signed in turn; beyond that it is no chain that a person made. */
const maxDepth = 2;

/** Copies what refers to the image and to each of its platforms. A registry without the referrers API gets the fallback tag. */
export async function copyReferrers(copying: Copying, top: Manifest): Promise<void> {
  const children =
    top.content.kind === 'index' ? [...top.content.manifests, ...top.content.attestations].map((c) => c.digest) : [];
  for (const digest of new Set([top.digest, ...children])) {
    await copyReferrersOf(copying, digest, 0);
    await copyCosignTags(copying, digest);
  }
}

async function copyReferrersOf(copying: Copying, digest: string, depth: number): Promise<void> {
  const { from, to, signal, result } = copying;
  const listed = await from.client.referrers(from.repository, digest, signal);
  const untracked: Descriptor[] = [];
  for (const referrer of listed) {
    const manifest = await from.client.manifest(from.repository, referrer.digest, signal);
    const { subject } = await copyManifest(copying, manifest, manifest.digest);
    result.referrers.push(manifest.digest);
    if (subject === undefined) {
      untracked.push(referrer);
    }
    if (depth < maxDepth) {
      await copyReferrersOf(copying, manifest.digest, depth + 1);
    }
  }
  if (untracked.length > 0) {
    const there = await to.client.referrers(to.repository, digest, signal);
    const missing = untracked.filter((one) => !there.some((other) => other.digest === one.digest));
    if (missing.length > 0) {
      await to.client.putManifest(to.repository, digest.replace(':', '-'), indexOf([...there, ...missing]), signal);
    }
  }
}

async function copyCosignTags(copying: Copying, digest: string): Promise<void> {
  const { from, signal, result } = copying;
  for (const suffix of suffixes) {
    const tag = `${digest.replace(':', '-')}${suffix}`;
    try {
      const manifest = await from.client.manifest(from.repository, tag, signal);
      await copyManifest(copying, manifest, tag);
      result.referrers.push(manifest.digest);
    } catch (error) {
      if (!(error instanceof RegistryError && error.code === 'not-found')) {
        throw error;
      }
    }
  }
}

function indexOf(manifests: readonly Descriptor[]): { bytes: Uint8Array; mediaType: string } {
  const entries = manifests.map(({ mediaType, digest, size, artifactType, annotations }) => ({
    mediaType,
    digest,
    size,
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
  }));
  const index = { schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests: entries };
  return { bytes: Buffer.from(JSON.stringify(index)), mediaType: mediaTypes.ociIndex };
}
