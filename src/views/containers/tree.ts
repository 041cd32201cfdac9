// The containers view: groups, containers, and below a container its ports, mounts, networks, files and changed files.
import type { App } from '../../app.ts';
import type { InventoryChange } from '../../engine/types.ts';
import { groupingOf, groupsOf, matches, placeOf, wordsOf } from '../../model/arrange.ts';
import {
  type ChangeElement,
  type ChangesElement,
  type ContainerElement,
  type FilterElement,
  type GroupElement,
  keyOf,
  type MembershipElement,
  type MessageElement,
  type MountElement,
  type PortElement,
} from '../../model/elements.ts';
import { Emitter } from '../../model/event.ts';
import type { FileElement } from '../../model/files/entry.ts';
import type { Container } from '../../model/objects.ts';
import { createChangeRows } from '../files/changeRows.ts';
import { createFileRows, viewRow } from '../files/rows.ts';
import { filterRow, messageRow } from '../filterRow.ts';
import type { RowChange, View } from '../types.ts';
import { type Layout, layOut } from './layout.ts';
import { containerRow, groupRow, membershipRow, mountRow, partsOf, portRow } from './rows.ts';
import { containerTooltip, portTooltip } from './tooltip.ts';

export type ContainersRow =
  | ContainerElement
  | GroupElement
  | PortElement
  | MountElement
  | MembershipElement
  | FileElement
  | ChangesElement
  | ChangeElement
  | FilterElement
  | MessageElement;

/** A list of more containers is left for a while before it is laid out once more, since the editor takes each row anew then. */
const mostAtOnce = 1_000;
/** How long, in milliseconds for a container: two seconds for 10,000. */
const restEach = 0.2;
/** So many times as long at most, while changes go on. */
const longestRest = 3;

export function containersView(app: App): View<ContainersRow> {
  const { inventory } = app.engine;
  const { arrangement, filters } = app;
  const changed = new Emitter<RowChange>();
  const files = createFileRows(app);
  const changedFiles = createChangeRows(app);
  /** The containers as they were when they were laid out; rows stay as long as the places of these do. */
  let laidOut: ReadonlyMap<string, Container> = new Map();
  let layout: Layout | undefined;
  let counts = { found: 0, all: 0 };

  /** When the containers were laid out last, what will have them laid out again, and since when that is to be. */
  let laidOutAt = Number.NEGATIVE_INFINITY;
  let soon: NodeJS.Timeout | undefined;
  let dueSince: number | undefined;

  const drawAll = () => {
    clearTimeout(soon);
    dueSince = undefined;
    layout = undefined;
    changed.fire(undefined);
  };
  const listening = [
    inventory.onChange((change) => {
      if (change.kind === 'containers') {
        const rows = rowsToDraw(change);
        if (rows) {
          changed.fire(rows);
        } else {
          drawInTime(change);
        }
      }
    }),
    arrangement.onChange(drawAll),
    filters.onChange((view) => {
      if (view === 'containers') {
        drawAll();
      }
    }),
    files.onChange((rows) => changed.fire(rows)),
    changedFiles.onChange((rows) => changed.fire(rows)),
  ];

  /** Rows of a long list that changed show it at once, and stand where they belong once no more come for a while. */
  function drawInTime({ reset, added, changed: others, removed }: InventoryChange): void {
    const rest = laidOut.size > mostAtOnce ? laidOut.size * restEach : 0;
    const now = performance.now();
    const onlyMoved = added.length + removed.length === 0;
    if (reset || rest === 0 || (!onlyMoved && now - laidOutAt >= rest)) {
      drawAll();
      return;
    }
    dueSince ??= now;
    clearTimeout(soon);
    soon = setTimeout(drawAll, Math.min(rest, dueSince + longestRest * rest - now));
    if (others.length > 0) {
      changed.fire(others.map((id) => keyOf({ type: 'container', id })));
    }
  }

  /** The rows of changed containers and of the groups that count them; undefined when rows came, went or moved. */
  function rowsToDraw(change: InventoryChange): RowChange {
    if (change.reset || change.added.length > 0 || change.removed.length > 0) {
      return undefined;
    }
    const filter = filters.get('containers');
    const keys = new Set<string>();
    for (const id of change.changed) {
      const container = inventory.peek('containers', id);
      const before = laidOut.get(id);
      const place = (each: Container) => placeOf(each, arrangement.containers, filter);
      if (!container || !before || place(before) !== place(container)) {
        return undefined;
      }
      keys.add(keyOf({ type: 'container', id }));
      for (const group of groupsAround(id)) {
        keys.add(keyOf(group));
      }
    }
    return [...keys];
  }

  function groupsAround(id: string): GroupElement[] {
    const group = layout?.parents.get(id);
    return group ? group.path.map((_, index) => ({ ...group, path: group.path.slice(0, index + 1) })) : [];
  }

  async function arranged(): Promise<Layout> {
    if (layout) {
      return layout;
    }
    const containers = await inventory.all('containers').catch((): readonly Container[] => []);
    const filter = filters.get('containers');
    const found = filter === '' ? containers : containers.filter((each) => matches(wordsOf(each), filter));
    const shown = filter === '' ? undefined : new Set(found);
    counts = { found: found.length, all: containers.length };
    laidOutAt = performance.now();
    laidOut = new Map(containers.map((container) => [container.id, container]));
    layout = layOut(containers, arrangement.containers, (container) => shown?.has(container) ?? true);
    return layout;
  }

  /** All of a group, also what the filter hides: the group's actions are for all of them. */
  const membersIn = (group: GroupElement) =>
    (layout?.members.get(keyOf(group)) ?? []).flatMap((id) => inventory.peek('containers', id) ?? []);

  return {
    id: 'containers',
    onChange: changed.event,

    async children(element) {
      switch (element?.type) {
        case undefined: {
          const { top } = await arranged();
          return filters.get('containers') ? [{ type: 'filter', view: 'containers' }, ...top] : top;
        }
        case 'group':
          return (await arranged()).below.get(keyOf(element)) ?? [];
        case 'container': {
          const container = inventory.peek('containers', element.id);
          return container
            ? [
                ...partsOf(container),
                files.root({ type: 'container', id: element.id }),
                { type: 'changes', container: element.id },
              ]
            : [];
        }
        case 'file':
          return files.children(element);
        case 'changes':
        case 'change':
          return changedFiles.children(element);
        default:
          return [];
      }
    },

    row(element) {
      const { peek } = inventory;
      switch (element.type) {
        case 'group':
          return groupRow(element, membersIn(element));
        case 'container':
          return containerRow(element.id, peek('containers', element.id), arrangement.containers);
        case 'port':
          return portRow(element, peek('containers', element.container), inventory.status.endpoint?.url);
        case 'mount':
          return mountRow(element, peek('containers', element.container));
        case 'membership':
          return membershipRow(element, peek('containers', element.container));
        case 'file':
          return viewRow(files.row(element));
        case 'changes':
        case 'change':
          return changedFiles.row(element);
        case 'filter':
          return filterRow(element, filters.get('containers'), counts);
        case 'message':
          return messageRow(element);
      }
    },

    async tooltip(element) {
      switch (element.type) {
        case 'container': {
          const container = inventory.peek('containers', element.id);
          return container && containerTooltip(app, container);
        }
        case 'port':
          return portTooltip(element, inventory.peek('containers', element.container), inventory.status.endpoint?.url);
        case 'file':
          return files.tooltip(element);
        case 'changes':
        case 'change':
          return changedFiles.tooltip(element);
        default:
          return undefined;
      }
    },

    parent(element) {
      switch (element.type) {
        case 'container':
          return layout?.parents.get(element.id) ?? groupAbove(element.id);
        case 'group':
          return element.path.length > 1 ? { ...element, path: element.path.slice(0, -1) } : undefined;
        case 'port':
        case 'mount':
        case 'membership':
        case 'changes':
          return { type: 'container', id: element.container };
        case 'change':
          return changedFiles.parent(element);
        case 'file':
          return (
            files.parent(element) ??
            (element.owner.type === 'container' ? { type: 'container', id: element.owner.id } : undefined)
          );
        default:
          return undefined;
      }
    },

    collapsed(element) {
      if (element.type === 'file') {
        files.collapsed(element);
      } else if (element.type === 'changes') {
        changedFiles.collapsed(element);
      }
    },

    dispose() {
      clearTimeout(soon);
      for (const each of listening) {
        each.dispose();
      }
      files.dispose();
      changedFiles.dispose();
      changed.dispose();
    },
  };

  /** For a row that is to be revealed before the view was drawn. */
  function groupAbove(id: string): GroupElement | undefined {
    const container = inventory.peek('containers', id);
    const by = groupingOf(arrangement.containers);
    const [outer] = container ? groupsOf(container, by) : [];
    return outer === undefined ? undefined : { type: 'group', by, path: [outer] };
  }
}
