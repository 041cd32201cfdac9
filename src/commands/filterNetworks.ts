// Shows only those networks whose names, drivers, subnets or members have the words that are typed.
import type { App } from '../app.ts';
import { t } from '../model/l10n.ts';

/** The filter stays with the workspace; an empty text shows everything again. */
export async function filterNetworks(
  app: App,
  _target?: unknown,
  options?: { text: string },
): Promise<{ text: string }> {
  const text =
    options?.text ??
    (await app.ui.liveInput({
      title: t('Filter Networks'),
      prompt: t('Words of the name, driver, subnet, id, or the containers in it. Empty shows all.'),
      value: app.filters.get('networks'),
      placeholder: 'shop bridge',
      onText: (typed) => app.filters.set('networks', typed),
      status: () => '',
    }));
  app.filters.set('networks', text);
  return { text: app.filters.get('networks') };
}
