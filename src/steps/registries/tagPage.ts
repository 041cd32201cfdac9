// The page of a tag.

import type { App } from '../../app/index.ts';
import type { Panel } from '../../app/pages.ts';
import { messageOf } from '../../model/errors.ts';
import { isDigest } from '../../model/reference.ts';
import { fullName, type TagFacts, type TagPage, type TagPageMessage, tagActions } from '../../model/registries/tag.ts';
import { vendorPage } from '../../model/registries/vendorPage.ts';
import type { ChosenTag } from './choose.ts';
import { defaultPlatform } from './platforms.ts';

/** Opens the page at once and fills it; rejects, and closes the page, when the tag cannot be read. */
export async function showTag(app: Pick<App, 'catalog' | 'ui'>, chosen: ChosenTag): Promise<TagFacts> {
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
      if (!isMessage(message)) {
        return;
      }
      if (message.type !== 'show') {
        await act(app, chosen, page.shown ?? reference, message);
      } else if (page.tag?.platforms.some(({ digest }) => digest === message.digest)) {
        await show(page.tag, message.digest);
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

  return fill(app, chosen, panel, draw, show, closed.signal);
}

/** Does what the page asks for besides showing another platform; `shown` is the digest that it shows. */
async function act(
  app: Pick<App, 'ui'>,
  { registry, repository, reference }: ChosenTag,
  shown: string,
  message: Exclude<TagPageMessage, { type: 'show' }>,
): Promise<void> {
  const { ui } = app;
  const name = fullName(registry, repository, reference);
  switch (message.type) {
    case 'copy':
      return ui.copy(message.text);
    case 'attachment':
      await ui.command('openManifest', fullName(registry, repository, message.reference));
      return;
    case 'run':
      // The engine may not have it yet.
      await ui.command('pullImage', name, {});
      await ui.command('runImage', name);
      return;
    case 'pull':
      await ui.command('pullImage', name);
      return;
    case 'compare':
      await ui.command('compareTags', name);
      return;
    case 'manifest':
      await ui.command('openManifest', name);
      return;
    case 'config':
      await ui.command('openImageConfig', fullName(registry, repository, shown));
      return;
    case 'browse':
      await ui.command('browseTag', name);
      return;
  }
}

async function fill(
  app: Pick<App, 'catalog'>,
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
    await show(tag, defaultPlatform(tag));
    return tag;
  } catch (error) {
    panel.close();
    throw error;
  }
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
