// Filtering one of the engine's views while a text is typed.
import type { App } from '../app/index.ts';
import type { FilteredView } from '../model/elements.ts';

export interface FilterOptions {
  /** Words that must all be found; empty shows everything again. */
  text: string;
}

/** The filter stays with the workspace. A box that is closed without Enter leaves the filter that was there before. */
export async function filterView(
  app: Pick<App, 'filters' | 'ui'>,
  view: FilteredView,
  prompt: { title: string; prompt: string; placeholder: string },
  options: FilterOptions | undefined,
): Promise<FilterOptions> {
  const { filters } = app;
  const text =
    options?.text ??
    (await app.ui.liveInput({
      ...prompt,
      value: filters.get(view),
      onText: (typed) => filters.set(view, typed),
      status: () => '',
    }));
  filters.set(view, text);
  return { text: filters.get(view) };
}
