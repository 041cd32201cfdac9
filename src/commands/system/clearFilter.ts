// Shows everything again in a view that was filtered, or in all of them.
import type { App } from '../../app/index.ts';
import type { FilteredView } from '../../model/elements.ts';
import { namesOf, rowsOf, type Target } from '../../steps/target.ts';

const views: readonly FilteredView[] = ['containers', 'images', 'volumes', 'networks'];

/** `target` is the row that tells of the filter, or the name of a view; without it all filters are cleared. */
export async function clearFilter(
  app: Pick<App, 'filters'>,
  target?: Target,
  _options?: object,
): Promise<{ views: string[] }> {
  const named = [
    ...(namesOf(target) ?? []),
    ...rowsOf(target).flatMap((row) => (row.type === 'filter' ? [row.view] : [])),
  ];
  const cleared = views.filter((view) => named.length === 0 || named.includes(view));
  for (const view of cleared) {
    app.filters.set(view, '');
  }
  return { views: cleared };
}
