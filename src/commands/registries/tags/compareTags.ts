// Compares two images: two tags of registries, or a tag and an image of the engine.
import type { Choice } from '../../../app/prompts.ts';
import type { App } from '../../../app.ts';
import { t } from '../../../model/l10n.ts';
import { repositoryOf } from '../../../model/reference.ts';
import { type Comparison, compareImages } from '../../../model/registries/compare.ts';
import { findNames } from '../../../model/registries/names.ts';
import { fullName, type PlatformFacts } from '../../../model/registries/tag.ts';
import { checkReference } from '../../../steps/images/references.ts';
import { type ChosenTag, chooseTag, tagIn } from '../../../steps/registries/choose.ts';
import { localImage, platformOf } from '../../../steps/registries/platforms.ts';
import { rowsOf, type Target } from '../../../steps/target.ts';

export interface CompareOptions {
  /** What to compare with: a reference of a registry in the view, or an image of the engine. */
  with?: string;
  /** `with` is an image of the engine, also where a registry of the view has one of this name. */
  local?: boolean;
}

interface Other {
  ref: string;
  local: boolean;
}

/** Resolves with what differs; `before` is the target, `after` what it is compared with. */
export async function compareTags(
  app: Pick<App, 'engine' | 'registries' | 'catalog' | 'ui'>,
  target?: Target,
  options?: CompareOptions,
): Promise<{ before: string; after: string; comparison: Comparison }> {
  const title = t('Compare');
  const { first, second } = twoRows(target);
  const tag = await chooseTag(app, first, title);
  const other = second
    ? { ref: second, local: false }
    : options?.with === undefined
      ? await pickOther(app, tag, title)
      : { ref: options.with, local: options.local ?? false };
  const before = { name: fullName(tag.registry, tag.repository, tag.reference), image: await platformOf(app, tag) };
  const after = { name: other.ref, image: await imageOf(app, other, before.image.platform) };
  const comparison = compareImages(before.image, after.image);
  app.ui.panel({
    id: `compare/${before.name} ${other.local} ${after.name}`,
    title: t('Compare {0}', tag.reference),
    script: 'compareTags',
    style: 'tag',
    data: { before, after, comparison },
    onMessage: () => undefined,
  });
  return { before: before.name, after: after.name, comparison };
}

/** Two selected rows are compared with one another. */
function twoRows(target: Target): { first: Target; second?: string } {
  const rows = rowsOf(target);
  if (rows.length < 2) {
    return { first: target };
  }
  const [first, second] = rows.filter((row) => row.type === 'tag');
  return first && second
    ? { first, second: fullName(second.registry, second.repository, second.name) }
    : { first: first ?? target };
}

async function imageOf(
  app: Pick<App, 'engine' | 'registries' | 'catalog'>,
  { ref, local }: Other,
  platform: string,
): Promise<PlatformFacts> {
  return local ? localImage(app, ref) : platformOf(app, tagIn(app, ref), platform);
}

async function pickOther(app: Pick<App, 'engine' | 'catalog' | 'ui'>, tag: ChosenTag, title: string): Promise<Other> {
  const { registry, repository, reference } = tag;
  const { tags } = await app.catalog.tags(registry, repository, new AbortController().signal);
  const siblings = tags.filter((name) => name !== reference);
  const images = await app.engine.inventory.all('images').catch(() => []);
  const name = `${registry}/${repository}`;
  const local = images
    .flatMap((image) => image.tags)
    // The same repository first: it is what one compares with most.
    .sort((a, b) => Number(repositoryOf(b) === name) - Number(repositoryOf(a) === name));
  return app.ui.search<Other>({
    title,
    placeholder: t('What to compare {0} with: another tag, an image of the engine, or any reference', reference),
    find: (typed) => [
      ...findNames(siblings, typed, 100).matches.map(
        (found): Choice<Other> => ({
          label: found.name,
          icon: 'tag',
          value: { ref: fullName(registry, repository, found.name), local: false },
        }),
      ),
      ...findNames(local, typed, 50).matches.map(
        (found): Choice<Other> => ({
          label: found.name,
          description: t('image of the engine'),
          icon: 'vm',
          value: { ref: found.name, local: true },
        }),
      ),
      ...(typed.includes('/') && checkReference(typed) === undefined
        ? [{ label: typed.trim(), icon: 'arrow-right', value: { ref: typed.trim(), local: false } }]
        : []),
    ],
  });
}
