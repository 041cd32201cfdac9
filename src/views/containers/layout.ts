// Where the containers stand in their view: in groups and groups of groups, in order.
import {
  type ContainerArrangement,
  compareNames,
  compareStates,
  groupingOf,
  groupsOf,
  sortContainers,
} from '../../model/arrange.ts';
import { type ContainerElement, type GroupElement, keyOf } from '../../model/elements.ts';
import type { Container } from '../../model/objects.ts';

type Row = GroupElement | ContainerElement;

export interface Layout {
  top: Row[];
  /** Rows below a group, by its key. */
  below: Map<string, Row[]>;
  /** Ids of all containers in a group and in the groups below it, by its key; also of those that are not shown. */
  members: Map<string, string[]>;
  /** The group that a container is in, by its id; none for those at the top. */
  parents: Map<string, GroupElement>;
}

interface Place {
  element?: GroupElement;
  rows: Row[];
  members: string[];
  /** Whether it is among the rows of what it is in. */
  shown: boolean;
  inside: Map<string, Place>;
}

/** Groups stand before containers. A service has a group of its own only when it has several containers. */
export function layOut(
  containers: readonly Container[],
  arrangement: ContainerArrangement,
  shown: (container: Container) => boolean,
): Layout {
  const by = groupingOf(arrangement);
  const layout: Layout = { top: [], below: new Map(), members: new Map(), parents: new Map() };
  const top: Place = { rows: layout.top, members: [], shown: true, inside: new Map() };
  const paths = pathsOf(containers, by);
  for (const container of sortContainers(containers, arrangement.sortBy)) {
    const { id } = container;
    const show = shown(container);
    let place = top;
    for (const name of paths.get(id) ?? []) {
      const inner = place.inside.get(name) ?? open(place, name);
      inner.members.push(id);
      if (show && !inner.shown && inner.element) {
        inner.shown = true;
        place.rows.push(inner.element);
      }
      place = inner;
    }
    if (show) {
      place.rows.push({ type: 'container', id });
    }
    if (place.element) {
      layout.parents.set(id, place.element);
    }
  }
  const order = orderOf(arrangement);
  for (const rows of [layout.top, ...layout.below.values()]) {
    const groups = rows.filter((row) => row.type === 'group').sort(order);
    const sorted = [...groups, ...rows.filter((row) => row.type !== 'group')];
    rows.length = 0;
    for (const row of sorted) {
      rows.push(row);
    }
  }
  return layout;

  function open(outer: Place, name: string): Place {
    const element: GroupElement = { type: 'group', by, path: [...(outer.element?.path ?? []), name] };
    const place: Place = { element, rows: [], members: [], shown: false, inside: new Map() };
    const key = keyOf(element);
    outer.inside.set(name, place);
    layout.below.set(key, place.rows);
    layout.members.set(key, place.members);
    return place;
  }
}

function pathsOf(containers: readonly Container[], by: string): Map<string, string[]> {
  const paths = new Map<string, string[]>();
  for (const container of containers) {
    const path = groupsOf(container, by);
    if (path.length > 0) {
      paths.set(container.id, path);
    }
  }
  if (by === 'compose') {
    const sizes = new Map<string, number>();
    for (const path of paths.values()) {
      const key = path.join('\n');
      sizes.set(key, (sizes.get(key) ?? 0) + 1);
    }
    for (const [id, path] of paths) {
      if (path.length > 1 && sizes.get(path.join('\n')) === 1) {
        paths.set(id, path.slice(0, -1));
      }
    }
  }
  return paths;
}

/** Groups come in the order of their names or states; where the newest comes first, in that of their newest container. */
function orderOf({ groupBy, sortBy }: ContainerArrangement): (a: GroupElement, b: GroupElement) => number {
  const name = ({ path }: GroupElement) => path.at(-1) ?? '';
  if (groupBy === 'state') {
    return (a, b) => compareStates(name(a), name(b));
  }
  return sortBy === 'created' ? () => 0 : (a, b) => compareNames(name(a), name(b));
}
