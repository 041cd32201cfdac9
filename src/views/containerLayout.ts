// Where the containers stand in their view: in groups and groups of groups, in order.
import {
  type ContainerArrangement,
  compareNames,
  compareStates,
  groupingOf,
  groupsOf,
  sortContainers,
} from '../model/arrange.ts';
import { type ContainerElement, type GroupElement, keyOf } from '../model/elements.ts';
import type { Container } from '../model/objects.ts';

type Row = GroupElement | ContainerElement;

export interface Layout {
  top: Row[];
  /** Rows below a group, by its key. */
  below: Map<string, Row[]>;
  /** The group that a container is in, by its id; none for those at the top. */
  parents: Map<string, GroupElement>;
}

/** Groups stand before containers. A service has a group of its own only when it has several containers. */
export function layOut(containers: readonly Container[], arrangement: ContainerArrangement): Layout {
  const by = groupingOf(arrangement);
  const layout: Layout = { top: [], below: new Map(), parents: new Map() };
  const known = new Set<string>();
  const paths = pathsOf(containers, by);
  for (const { id } of sortContainers(containers, arrangement.sortBy)) {
    const path = paths.get(id) ?? [];
    let rows = layout.top;
    let group: GroupElement | undefined;
    for (let depth = 1; depth <= path.length; depth += 1) {
      group = { type: 'group', by, path: path.slice(0, depth) };
      const key = keyOf(group);
      if (!known.has(key)) {
        known.add(key);
        rows.push(group);
        layout.below.set(key, []);
      }
      rows = layout.below.get(key) ?? [];
    }
    rows.push({ type: 'container', id });
    if (group) {
      layout.parents.set(id, group);
    }
  }
  const order = orderOf(arrangement);
  for (const rows of [layout.top, ...layout.below.values()]) {
    rows.sort((a, b) =>
      a.type === 'group' && b.type === 'group' ? order(a, b) : Number(a.type !== 'group') - Number(b.type !== 'group'),
    );
  }
  return layout;
}

/** Ids of all containers in each group and in the groups below it, by its key. */
export function membersByGroup(containers: readonly Container[], by: string): Map<string, string[]> {
  const members = new Map<string, string[]>();
  for (const container of containers) {
    const path = groupsOf(container, by);
    for (let depth = 1; depth <= path.length; depth += 1) {
      const key = keyOf({ type: 'group', by, path: path.slice(0, depth) });
      const ids = members.get(key);
      if (ids) {
        ids.push(container.id);
      } else {
        members.set(key, [container.id]);
      }
    }
  }
  return members;
}

function pathsOf(containers: readonly Container[], by: string): Map<string, string[]> {
  const paths = new Map(containers.map((container) => [container.id, groupsOf(container, by)]));
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
