// Opens the run form for an image: every option with its lesson, and the line that says the same.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { chooseImage } from '../../steps/images/choose.ts';
import { imageForm } from '../../steps/run/form.ts';
import type { Target } from '../../steps/target.ts';

/** Resolves with the image once the form is open. Without a target, the form asks for the image. */
export async function runImageWith(
  app: Pick<App, 'engine' | 'registries' | 'runs' | 'ui' | 'log'>,
  target?: Target,
  _options?: object,
): Promise<{ image: string }> {
  const image = target === undefined ? '' : (await chooseImage(app, target, { title: t('Run Image With') })).ref;
  await imageForm(app, image);
  return { image };
}
