// What a tag or digest of a registry is, put together from its manifests and its configuration.
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import type { ImageConfig, Platform, RegistryClient } from '../types.ts';

/** A tag or digest with the configuration of one of its platforms. */
export interface RemoteImage {
  /** Of the index where there is one, so that it pins every platform. */
  digest: string;
  /** Bytes of all layers, compressed. */
  size: number;
  /** `linux/arm64/v8`. */
  platforms: string[];
  config: ImageConfig;
}

/** Of an index, the image for Linux on amd64 is described, or else its first. */
export async function describeImage(
  client: RegistryClient,
  repository: string,
  reference: string,
  signal: AbortSignal,
): Promise<RemoteImage> {
  const top = await client.manifest(repository, reference, signal);
  const children = top.content.kind === 'index' ? top.content.manifests : [];
  const usual = children.find(({ platform }) => platform?.os === 'linux' && platform.architecture === 'amd64');
  const child = usual ?? children[0];
  const { content } = child ? await client.manifest(repository, child.digest, signal) : top;
  if (content.kind !== 'image') {
    throw new UserError('no-image', t('{0} is not an image that can be run.', `${repository}:${reference}`));
  }
  const config = await client.config(repository, content.config.digest, signal);
  return {
    digest: top.digest,
    size: content.layers.reduce((sum, layer) => sum + layer.size, 0),
    platforms: (children.length ? children.map(({ platform }) => platform) : [config.platform]).map(platformName),
    config,
  };
}

function platformName(platform: Platform | undefined): string {
  return platform ? [platform.os, platform.architecture, platform.variant].filter(Boolean).join('/') : '';
}
