// The volumes view: volumes with who uses them, and their files.
import type { App } from '../app.ts';
import { compareNames, matches } from '../model/arrange.ts';
import {
  type FilterElement,
  keyOf,
  type MessageElement,
  type VolumeElement,
  type VolumeUserElement,
} from '../model/elements.ts';
import { Emitter } from '../model/event.ts';
import type { FileElement } from '../model/files/entry.ts';
import { formatAge, named } from '../model/format.ts';
import { t } from '../model/l10n.ts';
import type { Container, Volume } from '../model/objects.ts';
import { escapeMarkdown, plain } from '../model/text.ts';
import { holdsVolumesFor, isAnonymous } from '../model/volumes/shared.ts';
import { shortVolume, userRow } from './containers/rows.ts';
import { containerTooltip } from './containers/tooltip.ts';
import { createFileRows, viewRow } from './files/rows.ts';
import { filterRow, messageRow } from './filterRow.ts';
import { rowsFor } from './touched.ts';
import type { Row, RowChange, View } from './types.ts';
import { followUsers } from './usedBy.ts';

export type VolumesRow = VolumeElement | VolumeUserElement | FileElement | FilterElement | MessageElement;

export function volumesView(app: App): View<VolumesRow> {
  const { inventory } = app.engine;
  const { filters } = app;
  const changed = new Emitter<RowChange>();
  const files = createFileRows(app);
  let counts = { found: 0, all: 0 };
  const users = followUsers(inventory, volumesOf, (volumes) =>
    changed.fire(volumes?.map((name) => keyOf({ type: 'volume', name }))),
  );
  const listening = [
    users,
    files,
    inventory.onChange((change) => {
      if (change.kind === 'volumes') {
        changed.fire(rowsFor(change, (name) => keyOf({ type: 'volume', name })));
      }
    }),
    filters.onChange((view) => {
      if (view === 'volumes') {
        changed.fire(undefined);
      }
    }),
    files.onChange((rows) => changed.fire(rows)),
  ];

  return {
    id: 'volumes',
    onChange: changed.event,

    async children(element) {
      switch (element?.type) {
        case undefined: {
          const volumes = await inventory.all('volumes').catch((): readonly Volume[] => []);
          await users.ready();
          const filter = filters.get('volumes');
          const found = volumes.filter(({ name, driver }) =>
            matches([name, driver, ...users.of(name).map((user) => user.name)], filter),
          );
          counts = { found: found.length, all: volumes.length };
          const rows = found.sort(byName).map(({ name }): VolumesRow => ({ type: 'volume', name }));
          return filter ? [{ type: 'filter', view: 'volumes' }, ...rows] : rows;
        }
        case 'volume': {
          const { name } = element;
          const rows = users
            .of(name)
            .map(({ id }): VolumesRow => ({ type: 'volumeUser', volume: name, container: id }));
          return [...rows, files.root({ type: 'volume', name })];
        }
        case 'file':
          return files.children(element);
        default:
          return [];
      }
    },

    row(element) {
      switch (element.type) {
        case 'volume':
          return volumeRow(element.name, inventory.peek('volumes', element.name), users.of(element.name));
        case 'volumeUser':
          return userRow(inventory.peek('containers', element.container));
        case 'file':
          return viewRow(files.row(element));
        case 'filter':
          return filterRow(element, filters.get('volumes'), counts);
        case 'message':
          return messageRow(element);
      }
    },

    async tooltip(element) {
      switch (element.type) {
        case 'volume': {
          const volume = inventory.peek('volumes', element.name);
          const containers = await inventory.all('containers').catch((): readonly Container[] => []);
          return volume && tooltipOf(volume, users.of(element.name), containers);
        }
        case 'volumeUser': {
          const container = inventory.peek('containers', element.container);
          return container && containerTooltip(app, container);
        }
        case 'file':
          return files.tooltip(element);
        default:
          return undefined;
      }
    },

    parent(element) {
      switch (element.type) {
        case 'volumeUser':
          return { type: 'volume', name: element.volume };
        case 'file':
          return (
            files.parent(element) ??
            (element.owner.type === 'volume' ? { type: 'volume', name: element.owner.name } : undefined)
          );
        default:
          return undefined;
      }
    },

    collapsed(element) {
      if (element.type === 'file') {
        files.collapsed(element);
      }
    },

    dispose() {
      for (const each of listening) {
        each.dispose();
      }
      changed.dispose();
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
  const description = [
    volume && isAnonymous(volume) ? t('anonymous') : '',
    volume && volume.driver !== 'local' ? plain(volume.driver, 60) : '',
    names.length === 0 ? t('not used') : t('used by {0}', names.join(', ')),
  ]
    .filter(Boolean)
    .join(' · ');
  return {
    label,
    description,
    icon: { name: 'database' },
    kind: 'volume',
    expand: 'collapsed',
    spoken: t('Volume {0}, {1}', label, description.replaceAll(' · ', ', ')),
  };
}

function tooltipOf(volume: Volume, users: readonly Container[], all: readonly Container[]): string {
  const line = (name: string, value: string) => (value ? named(name, escapeMarkdown(value, 400)) : '');
  const holders = users.filter((user) => holdsVolumesFor(user, all).length > 0).map(({ name }) => plain(name, 100));
  return [
    `**${escapeMarkdown(volume.name)}**`,
    line(t('Driver'), volume.driver),
    line(t('Folder on the host'), volume.mountpoint),
    volume.created === undefined ? '' : named(t('Created'), formatAge(volume.created)),
    line(t('Used by'), users.map(({ name }) => plain(name, 100)).join(', ')),
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
  ]
    .filter(Boolean)
    .join('  \n');
}
