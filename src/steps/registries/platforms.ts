// One image of a tag, or of the engine, in the form in which pages show and compare images.
import type { App } from '../../app/index.ts';
import type { ImageDetails } from '../../engine/types.ts';
import type { PlatformFacts, TagFacts } from '../../model/registries/tag.ts';
import type { ChosenTag } from './choose.ts';

/** One image of a tag: the wanted platform where the tag has it, else Linux on amd64, else the first. */
export async function platformOf(
  app: Pick<App, 'catalog'>,
  chosen: ChosenTag,
  wanted?: string,
): Promise<PlatformFacts> {
  const { registry, repository, reference } = chosen;
  const { signal } = new AbortController();
  const tag = await app.catalog.tag(registry, repository, reference, signal);
  const same = tag.platforms.find(({ name }) => name === wanted);
  return app.catalog.platform(registry, repository, same?.digest ?? defaultPlatform(tag), signal);
}

/** An image of the engine in the same form. The engine names its layers by their content and does not tell their sizes. */
export async function localImage(app: Pick<App, 'engine'>, ref: string): Promise<PlatformFacts> {
  const details = await (await app.engine.client()).images.inspect(ref);
  return {
    platform: details.platform,
    digest: details.id,
    size: details.size,
    ...(details.created === undefined ? {} : { created: details.created }),
    layers: diffIdsOf(details).map((diffId) => ({ diffId })),
    steps: [],
    labels: details.labels,
    annotations: {},
    env: details.env,
    ...(details.entrypoint ? { entrypoint: details.entrypoint } : {}),
    ...(details.command ? { command: details.command } : {}),
    ...(details.user ? { user: details.user } : {}),
    ...(details.workdir ? { workdir: details.workdir } : {}),
    ports: details.exposedPorts,
    volumes: details.volumes,
  };
}

/** Its digest: Linux on amd64 where the tag has it, else the first, else the tag's own. */
export function defaultPlatform({ platforms, digest }: TagFacts): string {
  return (platforms.find(({ name }) => name === 'linux/amd64') ?? platforms[0])?.digest ?? digest;
}

function diffIdsOf({ raw }: ImageDetails): string[] {
  const layers = (raw as { RootFS?: { Layers?: unknown } } | undefined)?.RootFS?.Layers;
  return Array.isArray(layers) ? layers.filter((id) => typeof id === 'string') : [];
}
