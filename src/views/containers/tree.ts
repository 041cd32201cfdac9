// The containers view: groups, containers, and below a container its ports, mounts, networks, files and changed files.
import type { App } from '../../app.ts';
import { groupingOf, groupsOf } from '../../model/arrange.ts';
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
import { createChangeRows } from '../files/changeTree.ts';
import { createFileRows } from '../files/tree.ts';
import { messageRow } from '../messageRow.ts';
import { filterOf } from '../rowFilter.ts';
import { answersOf, type RowTypes } from '../rowTypes.ts';
import type { RowChange, View } from '../types.ts';
import { arrangeContainers } from './arranged.ts';
import { containerRow, groupRow, membershipRow, mountRow, partsOf, portRow } from './rows.ts';
import { portTooltip, tooltipById } from './tooltip.ts';

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

/**
 * The view of the engine's containers. Works until it is disposed of, and throws nothing; what it holds is where the
 * containers stand (see `arrangeContainers`) and what was listed of their files.
 */
export function containersView(app: Pick<App, 'engine' | 'arrangement' | 'filters' | 'changes'>): View<ContainersRow> {
  const { inventory } = app.engine;
  const { arrangement } = app;
  const filter = filterOf(app.filters, 'containers');
  const arranged = arrangeContainers(app, filter);
  const files = createFileRows(app);
  const changes = createChangeRows(app);
  const changed = new Emitter<RowChange>();
  for (const { onChange } of [arranged, files, changes]) {
    onChange((rows) => changed.fire(rows));
  }
  const peek = (id: string) => inventory.peek('containers', id);
  const endpoint = () => inventory.status.endpoint?.url;
  const below = ({ container }: { container: string }): ContainerElement => ({ type: 'container', id: container });

  const types: RowTypes<ContainersRow> = {
    group: {
      // All of a group, also what the filter hides: the group's actions are for all of them.
      row: (group) =>
        groupRow(
          group,
          (arranged.current?.members.get(keyOf(group)) ?? []).flatMap((id) => peek(id) ?? []),
        ),
      children: async (group) => (await arranged.layout()).below.get(keyOf(group)) ?? [],
      parent: (group) => (group.path.length > 1 ? { ...group, path: group.path.slice(0, -1) } : undefined),
    },
    container: {
      row: ({ id }) => containerRow(id, peek(id), arrangement.containers),
      children({ id }) {
        const container = peek(id);
        return container
          ? [...partsOf(container), files.root({ type: 'container', id }), { type: 'changes', container: id }]
          : [];
      },
      tooltip: ({ id }) => tooltipById(app, id),
      parent: ({ id }) => arranged.current?.parents.get(id) ?? outerGroup(peek(id), groupingOf(arrangement.containers)),
    },
    port: {
      row: (element) => portRow(element, peek(element.container), endpoint()),
      tooltip: (element) => portTooltip(element, peek(element.container), endpoint()),
      parent: below,
    },
    mount: { row: (element) => mountRow(element, peek(element.container)), parent: below },
    membership: { row: (element) => membershipRow(element, peek(element.container)), parent: below },
    file: {
      ...files,
      parent: (element) =>
        files.parent(element) ??
        (element.owner.type === 'container' ? { type: 'container', id: element.owner.id } : undefined),
    },
    changes: { ...changes, parent: below },
    change: { ...changes, collapsed: () => {} },
    filter: filter.type,
    message: { row: messageRow },
  };

  return {
    id: 'containers',
    onChange: changed.event,
    ...answersOf(types, async () => filter.above((await arranged.layout()).top)),
    dispose() {
      for (const each of [arranged, files, changes, changed]) {
        each.dispose();
      }
    },
  };
}

/** The group of a container that is to be revealed before the view was drawn. */
function outerGroup(container: Container | undefined, by: string): GroupElement | undefined {
  const [outer] = container ? groupsOf(container, by) : [];
  return outer === undefined ? undefined : { type: 'group', by, path: [outer] };
}
