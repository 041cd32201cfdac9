// What is shown of tags, read when it is asked for; what reads it is loaded with the first of them.
import type { PlatformFacts, TagDetails, TagFacts, TagList } from '../../model/registries/tag.ts';
import type { RegistryReading } from './reading.ts';

/** Each rejects as the registry's client does, and with `no-image` for what is no image where one is needed. */
export interface TagReading {
  /** The tags of a repository, newest version first, and by digest the tags that belong to others. */
  tags(registry: string, repository: string, signal: AbortSignal): Promise<TagList>;
  /** What a row of the view shows; `attached` is that of the repository's tags. */
  details(
    registry: string,
    repository: string,
    tag: string,
    attached: TagList['attached'],
    signal: AbortSignal,
  ): Promise<TagDetails>;
  /** Everything of a tag or digest but the facts of its platforms. */
  tag(registry: string, repository: string, reference: string, signal: AbortSignal): Promise<TagFacts>;
  /** One image: a platform of an index, or an image without one. */
  platform(registry: string, repository: string, digest: string, signal: AbortSignal): Promise<PlatformFacts>;
  /** A manifest, or the configuration behind it, as text that was checked against its digest. */
  document(
    registry: string,
    repository: string,
    reference: string,
    what: 'manifest' | 'config',
    signal: AbortSignal,
  ): Promise<{ digest: string; text: string }>;
}

/** Asks nothing until one of its functions is called. */
export function createTagReading(registries: Pick<RegistryReading, 'client' | 'tags'>): TagReading {
  const facts = () => import('./loadedLater.ts');

  async function tags(registry: string, repository: string, signal: AbortSignal): Promise<TagList> {
    const { names, complete } = await registries.tags(registry, repository, signal);
    return { ...(await facts()).tagListOf(names), ...(complete ? {} : { cut: true }) };
  }

  return {
    tags,
    async details(registry, repository, tag, attached, signal) {
      return (await facts()).readDetails(await registries.client(registry), repository, tag, attached, signal);
    },
    async tag(registry, repository, reference, signal) {
      const client = await registries.client(registry);
      const list = () => tags(registry, repository, signal);
      return (await facts()).readTag(client, registry, repository, reference, list, signal);
    },
    async platform(registry, repository, digest, signal) {
      return (await facts()).readPlatform(await registries.client(registry), repository, digest, signal);
    },
    async document(registry, repository, reference, what, signal) {
      const client = await registries.client(registry);
      return (await facts()).readDocument(client, repository, reference, what, signal);
    },
  };
}
