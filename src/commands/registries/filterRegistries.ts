// Filters the registries view by the names of repositories, while one types.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { findNames } from '../../model/registries/names.ts';

export interface FilterOptions {
  text: string;
}

/** Resolves with the filter and how many repositories it finds so far. An empty text shows all. */
export async function filterRegistries(
  app: Pick<App, 'registries' | 'catalog' | 'ui'>,
  _target?: unknown,
  options?: FilterOptions,
): Promise<{ text: string; found: number }> {
  const { catalog } = app;
  if (options) {
    catalog.setFilter(options.text);
  } else {
    await app.ui.liveInput({
      title: t('Filter Repositories'),
      prompt: t('Repositories of all registries in the view'),
      placeholder: t('A part of a name, or letters of it in their order'),
      value: catalog.filter,
      onText: (text) => catalog.setFilter(text),
      status: () => (catalog.filter ? t('{0} found', found(app).toLocaleString()) : ''),
      onChange: catalog.onChange,
    });
  }
  return { text: catalog.filter, found: found(app) };
}

function found({ catalog, registries }: Pick<App, 'registries' | 'catalog'>): number {
  return registries
    .list()
    .reduce((sum, { address }) => sum + findNames(catalog.peek(address)?.names ?? [], catalog.filter, 0).total, 0);
}
