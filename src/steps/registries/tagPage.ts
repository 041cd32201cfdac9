// The page of a tag, and the images that comparisons are about.
import type { App, Panel } from '../../app.ts';
import type { ImageDetails } from '../../engine/types.ts';
import { messageOf } from '../../model/errors.ts';
import { isDigest } from '../../model/reference.ts';
import {
  fullName,
  type PlatformFacts,
  type TagFacts,
  type TagPage,
  type TagPageMessage,
  tagActions,
} from '../../model/registries/tag.ts';
import { vendorPage } from '../../model/registries/vendorPage.ts';
import type { ChosenTag } from './tags.ts';

/** Opens the page at once and fills it; rejects, and closes the page, when the tag cannot be read. */
export async function showTag(app: App, chosen: ChosenTag): Promise<TagFacts> {
  const { registry, repository, reference } = chosen;
  const name = fullName(registry, repository, reference);
  const closed = new AbortController();
  let page: TagPage = { name };
  const panel = app.ui.panel({
    id: `tag/${name}`,
    title: isDigest(reference) ? `${repository}@${reference.slice(0, 19)}` : `${repository}:${reference}`,
    script: 'tag',
    style: 'tag',
    data: page,
    onMessage: async (message) => {
      if (isMessage(message)) {
        await act(message);
      }
    },
  });
  panel.onClosed(() => closed.abort());
  const draw = (more: Partial<TagPage>) => {
    page = { ...page, ...more };
    panel.update(page);
  };

  async function show(tag: TagFacts, digest: string): Promise<void> {
    const { platform: _platform, problem: _problem, ...rest } = page;
    page = rest;
    draw({ tag, shown: digest });
    try {
      const platform = await app.catalog.platform(registry, repository, digest, closed.signal);
      if (page.shown === digest) {
        draw({ platform });
      }
    } catch (error) {
      if (page.shown === digest && !closed.signal.aborted) {
        draw({ problem: messageOf(error) });
      }
    }
  }

  async function act(message: TagPageMessage): Promise<void> {
    switch (message.type) {
      case 'show':
        if (page.tag?.platforms.some(({ digest }) => digest === message.digest)) {
          await show(page.tag, message.digest);
        }
        return;
      case 'copy':
        return app.ui.copy(message.text);
      case 'attachment':
        await app.ui.command('openManifest', fullName(registry, repository, message.reference));
        return;
      case 'run':
        // The engine may not have it yet.
        await app.ui.command('pullImage', name, {});
        await app.ui.command('runImage', name);
        return;
      case 'pull':
        await app.ui.command('pullImage', name);
        return;
      case 'compare':
        await app.ui.command('compareTags', name);
        return;
      case 'manifest':
        await app.ui.command('openManifest', name);
        return;
      case 'config':
        await app.ui.command('openImageConfig', fullName(registry, repository, page.shown ?? reference));
        return;
      case 'browse':
        await app.ui.command('browseTag', name);
        return;
    }
  }

  return fill(app, chosen, panel, draw, show, closed.signal);
}

async function fill(
  app: App,
  { registry, repository, reference }: ChosenTag,
  panel: Panel,
  draw: (more: Partial<TagPage>) => void,
  show: (tag: TagFacts, digest: string) => Promise<void>,
  signal: AbortSignal,
): Promise<TagFacts> {
  try {
    const tag = await app.catalog.tag(registry, repository, reference, signal);
    const named = isDigest(reference) ? {} : { tag: reference };
    const vendor = vendorPage({ registry, repository, digest: tag.digest, ...named })?.vendor;
    draw({ tag, ...(vendor === undefined ? {} : { vendor }) });
    await show(tag, usualPlatform(tag));
    return tag;
  } catch (error) {
    panel.close();
    throw error;
  }
}

/** One image of a tag: the wanted platform where the tag has it, else Linux on amd64, else the first. */
export async function platformOf(app: App, chosen: ChosenTag, wanted?: string): Promise<PlatformFacts> {
  const { registry, repository, reference } = chosen;
  const { signal } = new AbortController();
  const tag = await app.catalog.tag(registry, repository, reference, signal);
  const same = tag.platforms.find(({ name }) => name === wanted);
  return app.catalog.platform(registry, repository, same?.digest ?? usualPlatform(tag), signal);
}

/** An image of the engine in the same form. The engine names its layers by their content and does not tell their sizes. */
export async function localImage(app: App, ref: string): Promise<PlatformFacts> {
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

function usualPlatform({ platforms, digest }: TagFacts): string {
  return (platforms.find(({ name }) => name === 'linux/amd64') ?? platforms[0])?.digest ?? digest;
}

function diffIdsOf({ raw }: ImageDetails): string[] {
  const layers = (raw as { RootFS?: { Layers?: unknown } } | undefined)?.RootFS?.Layers;
  return Array.isArray(layers) ? layers.filter((id) => typeof id === 'string') : [];
}

/** What a page sends is checked as anything from outside. */
function isMessage(message: unknown): message is TagPageMessage {
  if (typeof message !== 'object' || message === null || !('type' in message)) {
    return false;
  }
  const text = (name: string) => typeof (message as Record<string, unknown>)[name] === 'string';
  switch (message.type) {
    case 'show':
      return text('digest');
    case 'copy':
      return text('text');
    case 'attachment':
      return text('reference');
    default:
      return tagActions.some((action) => action === message.type);
  }
}
