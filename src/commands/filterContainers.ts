// Shows only those containers whose names, images, states, ports or networks have the words that are typed.
import type { App } from '../app.ts';
import { t } from '../model/l10n.ts';

/** The filter stays with the workspace; an empty text shows everything again. */
export async function filterContainers(
  app: App,
  _target?: unknown,
  options?: { text: string },
): Promise<{ text: string }> {
  const text =
    options?.text ??
    (await app.ui.liveInput({
      title: t('Filter Containers'),
      prompt: t('Words of the name, image, state, project, network, id, or :port. Empty shows all.'),
      value: app.filters.get('containers'),
      placeholder: 'web running',
      onText: (typed) => app.filters.set('containers', typed),
      status: () => '',
    }));
  app.filters.set('containers', text);
  return { text: app.filters.get('containers') };
}
