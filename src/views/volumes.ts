// The volumes view: volumes with who uses them, and their files.
import type { App } from '../app.ts';
import { compareNames } from '../model/arrange.ts';
import {
  type FilterElement,
  keyOf,
  type MessageElement,
  type VolumeElement,
  type VolumeUserElement,
} from '../model/elements.ts';
import type { FileElement } from '../model/files/entry.ts';
import { formatAge, named } from '../model/format.ts';
import { t } from '../model/l10n.ts';
import type { Container, Volume } from '../model/objects.ts';
import { escapeMarkdown, plain } from '../model/text.ts';
import { holdsVolumesFor, isAnonymous } from '../model/volumes/shared.ts';
import { shortVolume, userRow } from './containers/rows.ts';
import { tooltipById } from './containers/tooltip.ts';
import { createFileRows } from './files/tree.ts';
import { messageRow } from './messageRow.ts';
import { listView } from './objectList.ts';
import { aloud, described, factLine, linesOf } from './rowText.ts';
import type { Row, View } from './types.ts';

export type VolumesRow = VolumeElement | VolumeUserElement | FileElement | FilterElement | MessageElement;

/** The view of the engine's volumes. Works until it is disposed of; the listings of its files are its state. */
export function volumesView(app: Pick<App, 'engine' | 'filters'>): View<VolumesRow> {
  const { inventory } = app.engine;
  const files = createFileRows(app);
  const view = listView<'volumes', Volume, VolumesRow>(app, {
    id: 'volumes',
    usedBy: volumesOf,
    items: (volumes) => [...volumes].sort(byName),
    words: ({ name, driver }, users) => [name, driver, ...users.of(name).map((user) => user.name)],
    rows: (found) => found.map(({ name }) => ({ type: 'volume', name })),
    rowKey: (name) => keyOf({ type: 'volume', name }),
    usedRows: (names) => names.map((name) => keyOf({ type: 'volume', name })),
    changes: [files.onChange],
    types: ({ users, filter }) => ({
      volume: {
        row: ({ name }) => volumeRow(name, inventory.peek('volumes', name), users.of(name)),
        children: ({ name }) => [
          ...users.of(name).map(({ id }): VolumesRow => ({ type: 'volumeUser', volume: name, container: id })),
          files.root({ type: 'volume', name }),
        ],
        async tooltip({ name }) {
          const volume = inventory.peek('volumes', name);
          const containers = await inventory.all('containers').catch((): readonly Container[] => []);
          return volume && volumeTooltip(volume, users.of(name), containers);
        },
      },
      volumeUser: {
        row: ({ container }) => userRow(inventory.peek('containers', container)),
        tooltip: ({ container }) => tooltipById(app, container),
        parent: ({ volume }) => ({ type: 'volume', name: volume }),
      },
      file: {
        ...files,
        parent: (element) =>
          files.parent(element) ??
          (element.owner.type === 'volume' ? { type: 'volume', name: element.owner.name } : undefined),
      },
      filter: filter.type,
      message: { row: messageRow },
    }),
  });
  return {
    ...view,
    dispose() {
      view.dispose();
      files.dispose();
    },
  };
}

function volumesOf({ mounts }: Container): string[] {
  return mounts.filter(({ kind }) => kind === 'volume').map(({ source }) => source);
}

/** Volumes whose names the engine made up stand at the end. */
function byName(a: Volume, b: Volume): number {
  return Number(isAnonymous(a)) - Number(isAnonymous(b)) || compareNames(a.name, b.name);
}

function volumeRow(name: string, volume: Volume | undefined, users: readonly Container[]): Row {
  const label = shortVolume(name);
  const names = users.map((user) => plain(user.name, 60));
  const description = described([
    volume && isAnonymous(volume) ? t('anonymous') : '',
    volume && volume.driver !== 'local' ? plain(volume.driver, 60) : '',
    names.length === 0 ? t('not used') : t('used by {0}', names.join(', ')),
  ]);
  return {
    label,
    description,
    icon: { name: 'database' },
    kind: 'volume',
    expand: 'collapsed',
    spoken: t('Volume {0}, {1}', label, aloud(description)),
  };
}

function volumeTooltip(volume: Volume, users: readonly Container[], all: readonly Container[]): string {
  const holders = users.filter((user) => holdsVolumesFor(user, all).length > 0).map(({ name }) => plain(name, 100));
  return linesOf([
    `**${escapeMarkdown(volume.name)}**`,
    factLine(t('Driver'), volume.driver),
    factLine(t('Folder on the host'), volume.mountpoint),
    volume.created === undefined ? '' : named(t('Created'), formatAge(volume.created)),
    factLine(t('Used by'), users.map(({ name }) => plain(name, 100)).join(', ')),
    holders.length > 0
      ? escapeMarkdown(
          t(
            'These look like data-only containers, which hold the volume for others and need not run: {0}. Others mount it with --volumes-from; a named volume does the same without such a container.',
            holders.join(', '),
          ),
          600,
        )
      : '',
    isAnonymous(volume)
      ? escapeMarkdown(t('It has no name of its own: it goes with its container or with the next prune.'))
      : '',
  ]);
}
