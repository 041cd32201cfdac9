// Shows only those volumes whose names, drivers or users have the words that are typed.
import type { App } from '../app.ts';
import { t } from '../model/l10n.ts';

/** The filter stays with the workspace; an empty text shows everything again. */
export async function filterVolumes(
  app: App,
  _target?: unknown,
  options?: { text: string },
): Promise<{ text: string }> {
  const text =
    options?.text ??
    (await app.ui.liveInput({
      title: t('Filter Volumes'),
      prompt: t('Words of the name, the driver, or the containers that use it. Empty shows all.'),
      value: app.filters.get('volumes'),
      placeholder: 'db',
      onText: (typed) => app.filters.set('volumes', typed),
      status: () => '',
    }));
  app.filters.set('volumes', text);
  return { text: app.filters.get('volumes') };
}
