// Rows that say something in the place of objects: that a view is filtered, and why rows are missing.
import type { FilterElement, MessageElement } from '../model/elements.ts';
import { t } from '../model/l10n.ts';
import { plain } from '../model/text.ts';
import type { Row } from './types.ts';

const filterCommands = {
  containers: 'filterContainers',
  images: 'filterImages',
  volumes: 'filterVolumes',
  networks: 'filterNetworks',
};

/** A click changes the filter; its inline action clears it. */
export function filterRow(
  { view }: FilterElement,
  filter: string,
  { found, all }: { found: number; all: number },
): Row {
  const label = t('Filter: {0}', plain(filter, 100));
  const description = t('{0} of {1}', found, all);
  return {
    label,
    description,
    icon: { name: 'filter-filled' },
    kind: 'filter',
    opens: filterCommands[view],
    spoken: t('{0}, {1} shown. Press Enter to change it.', label, description),
  };
}

export function messageRow({ text, failed }: MessageElement): Row {
  return {
    label: text,
    kind: 'message',
    ...(failed && { icon: { name: 'warning', color: 'problemsWarningIcon.foreground' } }),
  };
}
