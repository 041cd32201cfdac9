// Copies an image to another repository or registry, with all its platforms and, if wanted, its signatures.

import type { App } from '../../../app/index.ts';
import type { Report } from '../../../app/messages.ts';
import { UserError } from '../../../model/errors.ts';
import { formatSize } from '../../../model/format.ts';
import { t } from '../../../model/l10n.ts';
import { isDigest } from '../../../model/reference.ts';
import { fullName } from '../../../model/registries/tag.ts';
import { askName } from '../../../steps/images/completeName.ts';
import { type ChosenTag, chooseTag, tagIn } from '../../../steps/registries/choose.ts';
import type { Target } from '../../../steps/target.ts';

export interface CopyTagOptions {
  /** `host/repository:tag` in a registry of the view; a tag of this name that is there moves to the image. */
  to: string;
  /** Signatures, SBOMs and attestations that refer to the image go along. */
  referrers?: boolean;
}

/** Resolves with the new reference, its digest (that of the source), and how the blobs got there. */
export async function copyTag(
  app: Pick<App, 'engine' | 'registries' | 'catalog' | 'editing' | 'ui'>,
  target?: Target,
  options?: CopyTagOptions,
): Promise<{
  ref: string;
  digest: string;
  bytes: number;
  blobs: { sent: number; mounted: number; present: number };
  referrers: string[];
}> {
  const title = t('Copy Image to Registry');
  const from = await chooseTag(app, target, title);
  const to = targetOf(app, options?.to ?? (await askTarget(app, from, title)));
  const referrers = options ? options.referrers === true : await askReferrers(app, title);
  const ref = fullName(to.registry, to.repository, to.tag);
  const result = await app.ui.progress(t('Copying to {0}', ref), (report, signal) =>
    app.editing.copy(from, to, { referrers, onProgress: bytesReport(report) }, signal),
  );
  app.registries.touch({ registry: to.registry, repository: to.repository });
  app.ui.say(t('Copied to {0}, {1} sent.', ref, formatSize(result.bytes)));
  const { digest, bytes, blobs } = result;
  return { ref, digest, bytes, blobs, referrers: result.referrers };
}

function targetOf(app: Pick<App, 'registries'>, text: string): { registry: string; repository: string; tag: string } {
  const { registry, repository, reference } = tagIn(app, text);
  if (isDigest(reference)) {
    throw new UserError('bad-reference', t('A copy needs a tag: write it after a colon in place of the digest.'));
  }
  return { registry, repository, tag: reference };
}

/** The same name in another registry, where there is one, is what a promotion wants most often. */
function askTarget(
  app: Pick<App, 'engine' | 'registries' | 'catalog' | 'ui'>,
  { registry, repository, reference }: ChosenTag,
  title: string,
): Promise<string> {
  const other = app.registries.list().find(({ address }) => address !== registry)?.address ?? registry;
  const tag = isDigest(reference) ? 'latest' : reference;
  return askName(app, {
    title,
    placeholder: t('Where to copy {0} to: a registry of the view, a repository and a tag', reference),
    value: fullName(other, repository, tag),
    goal: 'new',
    image: fullName(registry, repository, tag),
  });
}

function askReferrers(app: Pick<App, 'ui'>, title: string): Promise<boolean> {
  return app.ui.pick(
    [
      { label: t('The image with all its platforms'), icon: 'package', value: false },
      {
        label: t('The image, and what belongs to it'),
        description: t('signatures, SBOMs and attestations'),
        icon: 'verified',
        value: true,
      },
    ],
    { title, placeholder: t('What to copy') },
  );
}

/** Drawn a few times in a second at most, however small the pieces are. */
function bytesReport(report: Report): (progress: { done: number; total: number }) => void {
  let last = '';
  return ({ done, total }) => {
    const text = t('{0} of {1}', formatSize(done), formatSize(total));
    if (text !== last) {
      last = text;
      report(text, total > 0 ? done / total : undefined);
    }
  };
}
