// Deletes images from a registry by digest: with all their tags, which are named before anything goes.
import type { App } from '../../../app.ts';
import { Cancelled, UserError } from '../../../model/errors.ts';
import { t } from '../../../model/l10n.ts';
import type { Deletion } from '../../../registry/change/editing.ts';
import { type ChosenTags, chooseTags, countReport, linesOf, shortDigest } from '../../../steps/registries/deletion.ts';
import type { Target } from '../../../steps/target.ts';

export interface DeleteManifestOptions {
  /** Deletes it although it is a part of an index that stays, which is left with a hole. */
  force?: boolean;
}

/** Deletes one image, or all that are selected. Resolves with the digests, and all tags that went with them. */
export async function deleteManifest(
  app: Pick<App, 'registries' | 'catalog' | 'editing' | 'ui'>,
  target?: Target,
  options?: DeleteManifestOptions,
): Promise<{ digests: string[]; tags: string[] }> {
  const groups = await chooseTags(app, target, t('Delete Image from Registry'));
  const found: { place: ChosenTags; deletion: Deletion }[] = [];
  for (const place of groups) {
    const all = await app.ui.progress(t('Looking for everything that is deleted with it'), (report, signal) =>
      app.editing.planDeletion(
        place,
        place.references,
        signal,
        countReport(report, (done, total) => t('{0} of {1} tags', done, total)),
      ),
    );
    for (const deletion of all) {
      found.push({ place, deletion });
    }
  }
  const held = found.find(({ deletion }) => deletion.heldBy.length > 0)?.deletion;
  if (held && !options?.force) {
    await refuse(app, held, options !== undefined);
  }
  if (!options) {
    await confirm(app, found);
  }
  await app.ui.progress(t('Deleting from the registry'), async (report, signal) => {
    const count = countReport(report, (done, total) => t('{0} of {1} images', done, total));
    try {
      for (const [index, { place, deletion }] of found.entries()) {
        if (signal.aborted) {
          throw new Cancelled();
        }
        await app.editing.remove(place, deletion, signal);
        count(index + 1, found.length);
      }
    } finally {
      for (const { registry, repository } of groups) {
        app.registries.touch({ registry, repository });
      }
    }
  });
  return {
    digests: found.map(({ deletion }) => deletion.digest),
    tags: found.flatMap(({ deletion }) => [...deletion.tags, ...deletion.attached]),
  };
}

/** A person may insist; a caller has to say so before. */
async function refuse(app: Pick<App, 'ui'>, { digest, heldBy }: Deletion, silent: boolean): Promise<void> {
  const sentence = t(
    '{0} is a part of {1}. Without it, whoever pulls that for its platform gets an error.',
    shortDigest(digest),
    heldBy.join(', '),
  );
  if (silent) {
    throw new UserError('part-of-index', sentence);
  }
  await app.ui.confirm(t('Delete a part of another image?'), sentence, t('Delete Anyway'));
}

function confirm(app: Pick<App, 'ui'>, found: readonly { place: ChosenTags; deletion: Deletion }[]): Promise<void> {
  const [first] = found;
  const tags = found.reduce((sum, { deletion }) => sum + deletion.tags.length, 0);
  const lines = found.flatMap(({ place, deletion }) => [
    ...(found.length > 1 ? [`${place.registry}/${place.repository}@${shortDigest(deletion.digest)}`] : []),
    ...deletion.tags.map((tag) => `${found.length > 1 ? '    ' : ''}${place.repository}:${tag}`),
    ...deletion.attached.map((tag) => `${found.length > 1 ? '    ' : ''}${place.repository}:${tag.slice(0, 30)}…`),
  ]);
  return app.ui.confirm(
    found.length === 1 && first
      ? tags === 1
        ? t('Delete the image {0} with its only tag?', shortDigest(first.deletion.digest))
        : t('Delete the image {0} with {1} tags?', shortDigest(first.deletion.digest), tags)
      : t('Delete {0} images with {1} tags?', found.length, tags),
    [
      lines.length > 0 ? linesOf(lines) : t('No tag names it.'),
      t('This cannot be undone. The space is freed when the registry collects its garbage.'),
    ].join('\n\n'),
    t('Delete'),
  );
}
