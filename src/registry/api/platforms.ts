// The platforms of an image.
import type { Descriptor, Manifest, Platform } from '../types.ts';

/** Of an index the image for Linux on amd64, or else its first: the one that stands for the whole where only one can. */
export function defaultChild({ content }: Pick<Manifest, 'content'>): Descriptor | undefined {
  const children = content.kind === 'index' ? content.manifests : [];
  return children.find(({ platform }) => platform?.os === 'linux' && platform.architecture === 'amd64') ?? children[0];
}

/** `linux/arm64/v8`; empty where nothing is known. */
export function platformName(platform: Platform | undefined): string {
  return platform ? [platform.os, platform.architecture, platform.variant].filter(Boolean).join('/') : '';
}
