// Copies the reference, the id or the digest of an image.
import type { App } from '../../app/index.ts';
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';
import { chooseImage } from '../../steps/images/choose.ts';
import type { Target } from '../../steps/target.ts';

export interface CopyImageOptions {
  detail: 'reference' | 'id' | 'digest';
}

/** Resolves with the text that is now in the clipboard. */
export async function copyImageDetail(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  options?: CopyImageOptions,
): Promise<{ text: string }> {
  const { ref } = await chooseImage(app, target, { title: t('Copy from Image') });
  const { id, tags, digests } = await (await app.engine.client()).images.inspect(ref);
  const reference = ref.startsWith('sha256:') ? (tags[0] ?? '') : ref;
  const details = [
    { detail: 'reference', label: t('Reference'), text: reference },
    { detail: 'id', label: t('Id'), text: id },
    ...digests.map((text) => ({ detail: 'digest', label: t('Digest'), text })),
  ].filter(({ text }) => text !== '');
  if (options) {
    const found = details.find(({ detail }) => detail === options.detail);
    if (!found) {
      throw new UserError(
        'no-detail',
        t(
          '{0} has no {1}. An image has a digest once it was pulled from or pushed to a registry.',
          ref,
          options.detail,
        ),
      );
    }
    await app.ui.copy(found.text);
    return { text: found.text };
  }
  const text = await app.ui.pick(
    details.map(({ label, text }) => ({ label, description: plain(text, 200), icon: 'copy', value: text })),
    { title: t('Copy from {0}', plain(ref, 100)), placeholder: t('Choose what to copy') },
  );
  await app.ui.copy(text);
  return { text };
}
