// How containers, their groups, and what is below a container look.
import { type ContainerArrangement, type ContainerPart, projectOf, serviceOf } from '../../model/arrange.ts';
import { webAddress } from '../../model/containers/webAddress.ts';
import type { GroupElement, MembershipElement, MountElement, PortElement } from '../../model/elements.ts';
import { formatAge, formatPorts, formatState, shortId } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import type { Container, Mount, Port } from '../../model/objects.ts';
import { plain } from '../../model/text.ts';
import { warningIcon } from '../messageRow.ts';
import { aloud, described } from '../rowText.ts';
import type { Row } from '../types.ts';

export function containerRow(id: string, container: Container | undefined, arrangement: ContainerArrangement): Row {
  if (!container) {
    return { label: shortId(id), kind: 'message' };
  }
  const name = plain(container.name, 200) || shortId(id);
  const label = labelOf(container, arrangement.label, name);
  // Containers of one image or service are told apart by their names.
  const parts = [...(label === name ? [] : [name]), ...arrangement.description.map((part) => partOf(container, part))];
  const description = described(parts);
  return {
    label,
    ...(description && { description }),
    icon: iconOf(container),
    kind: `container.${container.state}`,
    expand: 'collapsed',
    spoken: t('Container {0}, {1}', label, aloud(description || formatState(container))),
  };
}

export function groupRow({ by, path }: GroupElement, members: readonly Container[]): Row {
  const label = groupLabel(by, path.at(-1) ?? '');
  const running = members.filter(({ state }) => state === 'running').length;
  const description = t('{0} of {1} running', running, members.length);
  return {
    label,
    description,
    icon: { name: groupIcon(by, path.length) },
    kind: by === 'compose' ? 'group.compose' : 'group.other',
    expand: 'expanded',
    spoken: t('Group {0}, {1}', label, description),
  };
}

/** The rows below a container, without its files. A port at several addresses has one row. */
export function partsOf(container: Container): (PortElement | MountElement | MembershipElement)[] {
  const ports = new Map(
    container.ports.map(({ container: port, protocol, host }) => [
      `${host}:${port}/${protocol}`,
      { type: 'port', container: container.id, port, protocol, ...(host !== undefined && { host }) } as const,
    ]),
  );
  // What is exposed on one address is published on another.
  const published = new Set([...ports.values()].filter(({ host }) => host !== undefined).map(({ port }) => port));
  return [
    ...[...ports.values()].filter(({ host, port }) => host !== undefined || !published.has(port)),
    ...container.mounts.map(({ target }): MountElement => ({ type: 'mount', container: container.id, target })),
    ...container.networks.map(
      (network): MembershipElement => ({ type: 'membership', container: container.id, network, under: 'container' }),
    ),
  ];
}

export function portRow(element: PortElement, container: Container | undefined, endpoint: string | undefined): Row {
  const port = portOf(element, container);
  const inner = `${element.port}${element.protocol === 'tcp' ? '' : `/${element.protocol}`}`;
  const label = element.host === undefined ? inner : `${element.host} → ${inner}`;
  const url = port && webAddress(port, endpoint);
  const description =
    element.host === undefined ? t('exposed, not published') : (url ?? plain(port?.address ?? '', 60));
  return {
    label,
    ...(description && { description }),
    icon: { name: url ? 'globe' : 'plug' },
    kind: url ? 'port.web' : 'port',
    ...(url && { opens: 'openInBrowser' }),
    spoken: t('Port {0}, {1}', label, description),
  };
}

/** The port that a row stands for: the one that a browser can reach where it is published at several addresses. */
export function portOf({ port, protocol, host }: PortElement, container: Container | undefined): Port | undefined {
  const same = container?.ports.filter((p) => p.container === port && p.protocol === protocol && p.host === host) ?? [];
  return same.find(({ address }) => !address?.includes(':')) ?? same[0];
}

export function mountRow({ target }: MountElement, container: Container | undefined): Row {
  const mount = container?.mounts.find((each) => each.target === target);
  const label = plain(target, 200);
  const source = mount?.kind === 'volume' ? shortVolume(mount.source) : plain(mount?.source ?? '', 200);
  const description = described([
    mount && mountWord(mount.kind),
    source,
    mount && !mount.writable ? t('read-only') : '',
  ]);
  return {
    label,
    ...(description && { description }),
    icon: { name: mount?.kind === 'volume' ? 'database' : 'folder-opened' },
    kind: mount?.kind === 'volume' ? 'mount.volume' : 'mount',
    spoken: t('Mount {0}, {1}', label, aloud(description)),
  };
}

export function membershipRow({ network, under }: MembershipElement, container: Container | undefined): Row {
  if (under === 'container') {
    const label = plain(network, 200);
    return {
      label,
      description: t('network'),
      icon: { name: 'type-hierarchy' },
      kind: 'membership',
      spoken: t('Network {0}', label),
    };
  }
  return { ...userRow(container), kind: 'membership' };
}

/** A container below the volume or network that it uses. */
export function userRow(container: Container | undefined): Row {
  const label = plain(container?.name ?? '', 200) || '?';
  const description = container ? described([formatState(container), plain(container.image, 200)]) : '';
  return {
    label,
    ...(description && { description }),
    icon: container ? iconOf(container) : { name: 'vm-outline' },
    kind: 'volume.user',
    spoken: t('Container {0}, {1}', label, aloud(description)),
  };
}

export function mountWord(kind: Mount['kind']): string {
  switch (kind) {
    case 'bind':
      return t('host folder');
    case 'volume':
      return t('volume');
    case 'tmpfs':
      return t('memory');
    case 'npipe':
      return t('named pipe');
    case 'cluster':
      return t('cluster volume');
    case 'image':
      return t('image');
  }
}

/** The name of a volume; the long name that the engine made up is cut. */
export function shortVolume(name: string): string {
  return /^[0-9a-f]{64}$/.test(name) ? shortId(name) : plain(name, 200);
}

export function iconOf(container: Container): { name: string; color?: string } {
  switch (container.state) {
    case 'running':
      return container.health === 'unhealthy'
        ? warningIcon
        : container.health === 'starting'
          ? { name: 'vm-running', color: 'charts.yellow' }
          : { name: 'vm-running', color: 'charts.green' };
    case 'paused':
      return { name: 'debug-pause', color: 'charts.yellow' };
    case 'restarting':
      return { name: 'sync', color: 'charts.yellow' };
    case 'dead':
      return { name: 'error', color: 'problemsErrorIcon.foreground' };
    case 'exited':
      // An end by its own decision, by SIGKILL (137) or by SIGTERM (143) is what `stop` causes, so it is no failure.
      return container.exitCode && ![137, 143].includes(container.exitCode)
        ? { name: 'vm-outline', color: 'charts.red' }
        : { name: 'vm-outline' };
    default:
      return { name: 'vm-outline' };
  }
}

function labelOf(container: Container, label: ContainerArrangement['label'], name: string): string {
  switch (label) {
    case 'name':
      return name;
    case 'image':
      return plain(container.image, 200) || name;
    case 'service':
      return plain(serviceOf(container) ?? '', 200) || name;
    case 'id':
      return shortId(container.id);
  }
}

function partOf(container: Container, part: ContainerPart): string {
  switch (part) {
    case 'state':
      return formatState(container);
    case 'ports':
      return formatPorts(container.ports);
    case 'image':
      return plain(container.image, 200);
    case 'age':
      return formatAge(container.created);
    case 'command':
      return plain(container.command, 100);
    case 'networks':
      return plain(container.networks.join(', '), 200);
    case 'project':
      return plain(projectOf(container) ?? '', 100);
    case 'id':
      return shortId(container.id);
  }
}

function groupLabel(by: string, name: string): string {
  if (by === 'state') {
    return stateName(name);
  }
  return plain(name, 200) || (by === 'network' ? t('no network') : t('(empty)'));
}

function stateName(state: string): string {
  const names: Record<string, string> = {
    running: t('running'),
    paused: t('paused'),
    restarting: t('restarting'),
    created: t('created'),
    exited: t('exited'),
    dead: t('dead'),
    removing: t('being removed'),
  };
  return names[state] ?? state;
}

function groupIcon(by: string, depth: number): string {
  const icons: Record<string, string> = { image: 'layers', network: 'type-hierarchy', state: 'circle-outline' };
  return by === 'compose' ? (depth === 1 ? 'multiple-windows' : 'server-process') : (icons[by] ?? 'symbol-string');
}
