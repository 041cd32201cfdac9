// What the pages of a tag and of a comparison say, as texts.
import { formatSize } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import type { Change } from '../../model/registries/compare.ts';
import type { PlatformFacts } from '../../model/registries/tag.ts';

/** A reference in two: the repository with the sign behind it, and the tag or digest. */
export function nameParts(name: string): [repository: string, tag: string] {
  const cut = name.includes('@') ? name.indexOf('@') : name.lastIndexOf(':');
  return [name.slice(0, cut + 1), name.slice(cut + 1)];
}

/** `NAME=value` in two; a name alone has an empty value. */
export function splitVariable(entry: string): [name: string, value: string] {
  const equals = entry.indexOf('=');
  return equals < 0 ? [entry, ''] : [entry.slice(0, equals), entry.slice(equals + 1)];
}

/** How large an image is: on disk for one of the engine, which has no configuration digest here, else as it is downloaded. */
export function sizeText({ size, configDigest }: PlatformFacts): string | undefined {
  return size === undefined
    ? undefined
    : configDigest === undefined
      ? t('{0}, on disk', formatSize(size))
      : t('{0}, compressed', formatSize(size));
}

/** How two images compare, in one sentence. */
export function comparisonText(before: PlatformFacts, after: PlatformFacts): string {
  if (before.configDigest !== undefined && before.configDigest === after.configDigest) {
    return t('Both names mean the same image.');
  }
  // The engine tells the size on disk, and a registry that of the compressed layers: these cannot be compared.
  const comparable = (before.configDigest === undefined) === (after.configDigest === undefined);
  if (!comparable || before.size === undefined || after.size === undefined) {
    return t('The images differ.');
  }
  const difference = after.size - before.size;
  return difference === 0
    ? t('The images differ, and are of the same size.')
    : difference > 0
      ? t('The image after is {0} larger.', formatSize(difference))
      : t('The image after is {0} smaller.', formatSize(-difference));
}

/** The name of what a change is of. */
export function kindName(kind: Change['kind']): string {
  switch (kind) {
    case 'env':
      return t('Variable');
    case 'label':
      return t('Label');
    case 'entrypoint':
      return t('Entrypoint');
    case 'command':
      return t('Command');
    case 'user':
      return t('User');
    case 'workdir':
      return t('Working directory');
    case 'ports':
      return t('Ports');
    case 'volumes':
      return t('Volumes');
    case 'platform':
      return t('Platform');
  }
}
