// Shows only those images whose references or ids have the words that are typed.
import type { App } from '../app.ts';
import { t } from '../model/l10n.ts';

/** The filter stays with the workspace; an empty text shows everything again. */
export async function filterImages(app: App, _target?: unknown, options?: { text: string }): Promise<{ text: string }> {
  const text =
    options?.text ??
    (await app.ui.liveInput({
      title: t('Filter Images'),
      prompt: t('Words of the reference or the id. Empty shows all.'),
      value: app.filters.get('images'),
      placeholder: 'busybox',
      onText: (typed) => app.filters.set('images', typed),
      status: () => '',
    }));
  app.filters.set('images', text);
  return { text: app.filters.get('images') };
}
