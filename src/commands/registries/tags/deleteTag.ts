// Takes tags away in a registry; the images that they name stay, with their other tags.
import type { App } from '../../../app/index.ts';
import { Cancelled, UserError } from '../../../model/errors.ts';
import { t } from '../../../model/l10n.ts';
import { isDigest } from '../../../model/reference.ts';
import { fullName } from '../../../model/registries/tag.ts';
import { chooseTags, countReport, linesOf } from '../../../steps/registries/deletion.ts';
import type { Target } from '../../../steps/target.ts';

/** Deletes one tag, or all that are selected. Resolves with their references. Given `options`, nothing is asked. */
export async function deleteTag(
  app: Pick<App, 'registries' | 'catalog' | 'editing' | 'ui'>,
  target?: Target,
  options?: object,
): Promise<{ refs: string[] }> {
  const groups = await chooseTags(app, target, t('Delete Tag'));
  const tags = groups.flatMap(({ references, ...place }) => references.map((tag) => ({ ...place, tag })));
  const refs = tags.map(({ registry, repository, tag }) => fullName(registry, repository, tag));
  const [first = ''] = refs;
  if (tags.some(({ tag }) => isDigest(tag))) {
    throw new UserError('not-a-tag', t('{0} is a digest. To delete an image by its digest, use Delete Image.', first));
  }
  if (!options) {
    await app.ui.confirm(
      refs.length === 1
        ? t('Delete the tag {0} from the registry?', first)
        : t('Delete {0} tags from the registry?', refs.length),
      [
        ...(refs.length > 1 ? [linesOf(refs)] : []),
        t(
          'Only the tag goes. The image stays with its other tags; one without any tag is found by its digest alone until the registry cleans up.',
        ),
      ].join('\n\n'),
      t('Delete Tag'),
    );
  }
  await app.ui.progress(t('Deleting from the registry'), async (report, signal) => {
    const count = countReport(report, (done, total) => t('{0} of {1} tags', done, total));
    try {
      for (const [index, tag] of tags.entries()) {
        if (signal.aborted) {
          throw new Cancelled();
        }
        await app.editing.untag(tag, signal);
        count(index + 1, tags.length);
      }
    } finally {
      for (const { registry, repository } of groups) {
        app.registries.touch({ registry, repository });
      }
    }
  });
  return { refs };
}
