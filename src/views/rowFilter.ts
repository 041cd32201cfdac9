// The filter of a view: what it finds, and the row that says so.
import type { Filters } from '../app/workspace.ts';
import { matches } from '../model/arrange.ts';
import type { FilterElement, FilteredView } from '../model/elements.ts';
import type { Event } from '../model/event.ts';
import { t } from '../model/l10n.ts';
import { plain } from '../model/text.ts';
import type { RowType } from './rowTypes.ts';
import type { Row } from './types.ts';

const commands: Readonly<Record<FilteredView, string>> = {
  containers: 'filterContainers',
  images: 'filterImages',
  volumes: 'filterVolumes',
  networks: 'filterNetworks',
};

export interface ViewFilter {
  /** Empty: all is shown. */
  readonly text: string;
  readonly onChange: Event<unknown>;
  /** What it finds, by the words of each item; all, unread, while there is no filter. */
  find<T>(items: readonly T[], wordsOf: (item: T) => readonly string[]): readonly T[];
  /** The rows, below the one that says what they are filtered by. */
  above<E>(rows: readonly E[]): readonly (E | FilterElement)[];
  /** The row that says so. */
  readonly type: RowType<FilterElement, never>;
}

/** The filter of one view. It works as long as the filters do, throws nothing, and holds how many were found last. */
export function filterOf(filters: Filters, view: FilteredView): ViewFilter {
  let counts = { found: 0, all: 0 };
  return {
    get text() {
      return filters.get(view);
    },
    onChange: (listener) => filters.onChange((changed) => changed === view && listener(changed)),
    find(items, wordsOf) {
      const text = filters.get(view);
      const found = text === '' ? items : items.filter((item) => matches(wordsOf(item), text));
      counts = { found: found.length, all: items.length };
      return found;
    },
    above: (rows) => (filters.get(view) ? [{ type: 'filter', view }, ...rows] : rows),
    type: { row: () => filterRow(view, filters.get(view), counts) },
  };
}

/** A click changes the filter; its inline action clears it. */
function filterRow(view: FilteredView, filter: string, { found, all }: { found: number; all: number }): Row {
  const label = t('Filter: {0}', plain(filter, 100));
  const description = t('{0} of {1}', found, all);
  return {
    label,
    description,
    icon: { name: 'filter-filled' },
    kind: 'filter',
    opens: commands[view],
    spoken: t('{0}, {1} shown. Press Enter to change it.', label, description),
  };
}
