// What a tag or digest of a registry is, put together from its manifests and its configuration.
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import type { ImageConfig, RegistryClient } from '../types.ts';
import { defaultChild, platformName } from './platforms.ts';

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

/** Of an index, its default child is described. Rejects with `no-image` for what has no configuration, else as the client does. */
export async function describeImage(
  client: RegistryClient,
  repository: string,
  reference: string,
  signal: AbortSignal,
): Promise<RemoteImage> {
  const top = await client.manifest(repository, reference, signal);
  const children = top.content.kind === 'index' ? top.content.manifests : [];
  const child = defaultChild(top);
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
