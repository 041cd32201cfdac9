// How the containers and images are laid out in their views: groups, order, labels, and what a filter finds.

import type { Container, ContainerState, Image } from './objects.ts';
import { tagOf } from './reference.ts';

export const containerGroupings = ['compose', 'image', 'network', 'state', 'label', 'none'] as const;
export const containerSorts = ['name', 'created', 'state'] as const;
export const containerLabels = ['name', 'image', 'service', 'id'] as const;
export const containerParts = ['state', 'ports', 'image', 'age', 'command', 'networks', 'project', 'id'] as const;
export const imageSorts = ['name', 'created', 'size'] as const;
export const imageGroupings = ['repository', 'none'] as const;

export type ContainerGrouping = (typeof containerGroupings)[number];
export type ContainerSort = (typeof containerSorts)[number];
export type ContainerLabel = (typeof containerLabels)[number];
export type ContainerPart = (typeof containerParts)[number];
export type ImageSort = (typeof imageSorts)[number];
export type ImageGrouping = (typeof imageGroupings)[number];

export interface ContainerArrangement {
  groupBy: ContainerGrouping;
  /** The label whose values are the groups, where `groupBy` is `label`. */
  groupByLabel: string;
  sortBy: ContainerSort;
  label: ContainerLabel;
  /** What stands behind the label, in this order. */
  description: readonly ContainerPart[];
}

export interface ImageArrangement {
  groupBy: ImageGrouping;
  sortBy: ImageSort;
  /** Whether images without a tag are shown. */
  dangling: boolean;
}

/** A group of containers: how it came about, and its names from the outermost in. */
export interface Group {
  /** A grouping; for a label, `label:` and its name. */
  by: string;
  path: readonly string[];
}

/** The groups that a container is in, from the outermost in; none when it stands at the top. */
export function groupsOf(container: Container, by: string): string[] {
  const { labels } = container;
  switch (by) {
    case 'compose': {
      const project = projectOf(container);
      const service = serviceOf(container);
      return project === undefined ? [] : service === undefined ? [project] : [project, service];
    }
    case 'image':
      return [container.image];
    case 'network':
      // A container has one row, so those that are in several networks have a group of these.
      return [container.networks.join(', ')];
    case 'state':
      return [container.state];
    case 'none':
      return [];
    default: {
      const name = by.slice('label:'.length);
      return Object.hasOwn(labels, name) ? [labels[name] ?? ''] : [];
    }
  }
}

/** The grouping as a group's `by` has it. */
export function groupingOf({ groupBy, groupByLabel }: ContainerArrangement): string {
  return groupBy === 'label' ? `label:${groupByLabel}` : groupBy;
}

/** The containers that are in a group or in a group below it. */
export function membersOf(containers: readonly Container[], { by, path }: Group): Container[] {
  return containers.filter((container) => {
    const groups = groupsOf(container, by);
    return path.every((name, index) => groups[index] === name);
  });
}

/** The project of Compose, or the stack of a swarm, that a container belongs to. */
export function projectOf({ labels }: Container): string | undefined {
  return (
    labels['com.docker.compose.project'] ?? labels['io.podman.compose.project'] ?? labels['com.docker.stack.namespace']
  );
}

export function serviceOf({ labels }: Container): string | undefined {
  return labels['com.docker.compose.service'] ?? labels['com.docker.swarm.service.name'];
}

const stateOrder: readonly ContainerState[] = [
  'running',
  'paused',
  'restarting',
  'created',
  'exited',
  'dead',
  'removing',
];

let collator: Intl.Collator | undefined;

/** Web-2 stands before web-10. */
export function compareNames(a: string, b: string): number {
  // Made for the first list, since it loads the tables of the language, which takes milliseconds of the activation.
  collator ??= new Intl.Collator(undefined, { numeric: true });
  return collator.compare(a, b);
}

export function compareStates(a: string, b: string): number {
  return stateOrder.indexOf(a as ContainerState) - stateOrder.indexOf(b as ContainerState);
}

const containerOrders: Record<ContainerSort, (a: Container, b: Container) => number> = {
  name: () => 0,
  created: (a, b) => b.created - a.created,
  state: (a, b) => compareStates(a.state, b.state),
};

export function sortContainers(containers: readonly Container[], by: ContainerSort): Container[] {
  const order = containerOrders[by];
  return [...containers].sort((a, b) => order(a, b) || compareNames(a.name, b.name) || (a.id < b.id ? -1 : 1));
}

/** What decides where a container's row stands: as long as this stays, only the row itself has to be drawn again. */
export function placeOf(container: Container, arrangement: ContainerArrangement, filter: string): string {
  const { name, created, state } = container;
  const order = { name, created: `${created} ${name}`, state: `${state} ${name}` }[arrangement.sortBy];
  const found = filter === '' || matches(wordsOf(container), filter);
  return JSON.stringify([groupsOf(container, groupingOf(arrangement)), order, found]);
}

/** Rows of images: one for each tag, and one for an image without a tag. */
export interface ImageRow {
  image: Image;
  ref?: string;
}

const imageOrders: Record<ImageSort, (a: Image, b: Image) => number> = {
  name: () => 0,
  created: (a, b) => b.created - a.created,
  size: (a, b) => b.size - a.size,
};

/** What has no name stands at the end, the newest first. */
export function imageRows(images: readonly Image[], { sortBy, dangling }: ImageArrangement): ImageRow[] {
  const order = imageOrders[sortBy];
  const rows = images.flatMap((image): ImageRow[] =>
    image.tags.length ? image.tags.map((ref) => ({ image, ref })) : dangling ? [{ image }] : [],
  );
  return rows.sort((a, b) =>
    a.ref && b.ref
      ? order(a.image, b.image) || compareNames(a.ref, b.ref)
      : Number(!a.ref) - Number(!b.ref) || b.image.created - a.image.created,
  );
}

/** Whether every word of the filter is in one of the texts, upper and lower case alike. */
export function matches(texts: readonly string[], filter: string): boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const all = words.length === 0 ? [] : texts.map((text) => text.toLowerCase());
  return words.every((word) => all.some((text) => text.includes(word)));
}

/** What a filter looks at. */
export function wordsOf(container: Container): string[] {
  const { name, image, id, state, ports, networks } = container;
  return [
    name,
    image,
    id,
    state,
    projectOf(container) ?? '',
    serviceOf(container) ?? '',
    ...ports.flatMap((port) => (port.host === undefined ? [] : [`:${port.host}`])),
    ...networks,
  ];
}

export function imageWords({ image, ref }: ImageRow): string[] {
  return [ref ?? '', ref ? `:${tagOf(ref)}` : '', image.id];
}
