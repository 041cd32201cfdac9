// What a container would reach of its host: each mount judged by where it really leads, and the rights that go with it.

import { isWithin, normalizePath } from '../files/entry.ts';
import { t } from '../l10n.ts';
import type { Mount } from '../objects.ts';
import { plain } from '../text.ts';
import { parseMount } from './create/mount.ts';
import { parseVolume } from './create/volume.ts';
import type { RunOptions } from './options.ts';

/** What the options alone do not say. */
export interface Surroundings {
  /** Where paths of the host lead once their links are followed; a path that is not in it is taken as it is written. */
  real?: ReadonlyMap<string, string>;
  /** The mounts of a container, for `--volumes-from`; undefined for one that is not known. */
  mountsOf?: (container: string) => readonly Mount[] | undefined;
}

/** A path of the host that the container gets. */
interface Source {
  path: string;
  /** As the person wrote it. */
  written: string;
  readOnly: boolean;
}

/** The paths of the host that the options name, as they are written. */
export function hostPaths(options: RunOptions): string[] {
  return sourcesOf(options, {}).map(({ path }) => path);
}

/** One sentence for each thing that gives the container power over its host, the worst first; each begins with a mark. */
export function hostReach(options: RunOptions, around: Surroundings = {}): string[] {
  const judged = sourcesOf(options, around).flatMap((source) => {
    const real = around.real?.get(source.path) ?? source.path;
    const path = plainPath(real);
    const kind = kinds.find(({ holds }) => holds(path, source.readOnly));
    return kind ? [{ rank: kinds.indexOf(kind), sentence: kind.say(shownSource(source, real)) }] : [];
  });
  const mounts = judged.sort((a, b) => a.rank - b.rank).map(({ sentence }) => sentence);
  const unknown = (options.volumesFrom ?? [])
    .map(containerIn)
    .filter((container) => around.mountsOf?.(container) === undefined)
    .map((container) => t('⚠ It gets every mount of the container {0}.', plain(container, 100)));
  return [
    ...(options.privileged ? [t('⚠ Privileged: the container can do everything on the host.')] : []),
    ...mounts,
    ...unknown,
    ...rightsOf(options),
  ];
}

function rightsOf(options: RunOptions): string[] {
  const { capAdd, devices, deviceCgroupRules, gpus, securityOptions = [] } = options;
  const list = (values: readonly string[] = []) => plain(values.join(', '), 300);
  const weakened = securityOptions.filter(
    (option) => !/^(?:no-new-privileges(?:[=:]true)?|seccomp[=:]builtin)$/.test(option),
  );
  const facts = [
    capAdd && t('⚠ Further rights: {0}', list(capAdd)),
    devices && t('⚠ Devices of the host: {0}', list(devices)),
    deviceCgroupRules && t('⚠ Kinds of devices that it may use: {0}', list(deviceCgroupRules)),
    gpus && t('⚠ Graphics processors of the host: {0}', list(gpus)),
    weakened.length > 0 && t('⚠ Protection that is changed: {0}', list(weakened)),
    ...namespacesOf(options),
  ];
  return facts.filter((fact) => typeof fact === 'string');
}

/** The namespaces that it shares with the host, or with another container. */
function namespacesOf({ network, otherNetworks = [], pid, ipc, uts, userns, cgroupns }: RunOptions): string[] {
  const networks = [...(network === undefined ? [] : [network]), ...otherNetworks];
  const facts = [
    pid === 'host' && t('⚠ It sees all processes of the host.'),
    networks.some((name) => /^(?:name=)?host$/.test(name.split(',')[0] ?? '')) &&
      t("⚠ It uses the host's network directly."),
    ipc === 'host' && t("⚠ It shares the host's memory between processes (IPC)."),
    uts === 'host' && t('⚠ It can change the name of the host (UTS).'),
    userns === 'host' && t('⚠ Its users are the users of the host, root included (user namespace).'),
    cgroupns === 'host' && t('⚠ It sees the control groups of the host.'),
    ...[['--pid', pid], ['--ipc', ipc], ...networks.map((name) => ['--network', name])].flatMap(([flag, value]) => {
      const [, other] = /^container:(.*)$/s.exec(value ?? '') ?? [];
      return other === undefined ? [] : [t('⚠ It joins the container {0} ({1}).', plain(other, 100), flag ?? '')];
    }),
  ];
  return facts.filter((fact) => typeof fact === 'string');
}

function sourcesOf(options: RunOptions, { mountsOf }: Surroundings): Source[] {
  const shared = (options.volumesFrom ?? []).flatMap((text) => {
    const container = containerIn(text);
    return (mountsOf?.(container) ?? []).flatMap(({ kind, source, target, writable }) =>
      kind === 'bind' || kind === 'npipe'
        ? [{ path: source, written: `${container}: ${source}:${target}`, readOnly: !writable || text.endsWith(':ro') }]
        : [],
    );
  });
  return [
    ...(options.volumes ?? []).flatMap(attempt(volumeSource)),
    ...(options.mounts ?? []).flatMap(attempt(mountSources)),
    ...shared,
  ].filter(({ path }) => path !== '');
}

/** What cannot be read is refused before anything runs, and grants nothing. */
function attempt(read: (text: string) => Source[]): (text: string) => Source[] {
  return (text) => {
    try {
      return read(text);
    } catch {
      return [];
    }
  };
}

function volumeSource(written: string): Source[] {
  const { source, mode = '' } = parseVolume(written);
  const isPath = source !== undefined && /[\\/]/.test(source);
  return isPath ? [{ path: source, written, readOnly: mode.split(',').includes('ro') }] : [];
}

/** A bind mount, a pipe, or a volume whose driver takes its files from a place of the host. */
function mountSources(written: string): Source[] {
  const { Type: type, Source: source = '', ReadOnly: readOnly = false, VolumeOptions: volume } = parseMount(written);
  if (type === 'bind' || type === 'npipe') {
    return [{ path: source, written, readOnly }];
  }
  const { type: kind = '', ...options } = volume?.DriverConfig.Options ?? {};
  if (/^(?:nfs\d?|cifs|smb\d?)$/i.test(kind)) {
    return [];
  }
  // `device=/`, and what an overlay names: `o=lowerdir=/:/other,upperdir=/x`.
  const paths = Object.values(options).flatMap((value) => value.split(/[,:=]/).filter((part) => part.startsWith('/')));
  return [...new Set(paths)].map((path) => ({ path, written, readOnly }));
}

/** `name:ro` without its mode. */
function containerIn(volumesFrom: string): string {
  return volumesFrom.replace(/:(?:ro|rw|z|Z)(?:,(?:ro|rw|z|Z))*$/, '');
}

function shownSource({ path, written }: Source, real: string): string {
  const place = withoutTurns(real);
  return place === path ? plain(written, 160) : t('{0} (leads to {1})', plain(written, 120), plain(place, 120));
}

/** Slashes only, without `.`, `..` and doubled slashes; a drive or pipe of Windows keeps its beginning. */
function withoutTurns(path: string): string {
  const [, drive = '', rest = ''] = /^(?:\/\/[?.]\/(?=[A-Za-z]:))?([A-Za-z]:(?=\/|$))?(.*)$/s.exec(slashes(path)) ?? [];
  return drive + normalizePath(rest);
}

function slashes(path: string): string {
  // Only paths of Windows have backslashes between their steps; in others one is a letter like any other.
  return /^(?:[A-Za-z]:|\\\\|\\)/.test(path) ? path.replaceAll('\\', '/') : path;
}

/** The path as the rules below look at it: lower case, and the host's own where it is reached by a way round. */
function plainPath(path: string): string {
  let place = withoutTurns(path).toLowerCase();
  // A process's view of the root, macOS's real folders, Linux below Windows, drives below a virtual machine.
  place = place.replace(/^\/proc\/[^/]+(?:\/task\/[^/]+)?\/root(?=\/|$)/, '') || '/';
  place = place.replace(/^\/(?:private|system\/volumes\/data)(?=\/(?:etc|var|users|tmp)(?:\/|$))/, '');
  place = place.replace(/^\/wsl(?:\$|\.localhost)\/[^/]+/, '') || '/';
  place = place.replace(/^\/[^/]+\/([a-z])\$(?=\/|$)/, '$1:');
  place = place.replace(/^(?:\/(?:mnt|host_mnt|run\/desktop\/mnt\/host))?\/([a-z])(?=\/|$)/, '$1:');
  return /^[a-z]:$/.test(place) ? `${place}/` : place;
}

const sockets = [
  '/run/docker.sock',
  '/var/run/docker.sock',
  '/run/podman/podman.sock',
  '/run/containerd/containerd.sock',
  '/var/run/containerd/containerd.sock',
  '/run/k3s/containerd/containerd.sock',
  '/run/crio/crio.sock',
  '/run/buildkit/buildkitd.sock',
];
/** Below these lies what engines keep of containers, images and volumes. */
const stores = ['/var/lib/docker', '/var/lib/containerd', '/var/lib/containers', '/var/lib/kubelet'];
const system = [
  ...['/boot', '/dev', '/proc', '/sys', '/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/var/spool/cron'],
  ...['/system', '/library', '/applications', '/run/systemd', '/run/dbus', '/var/run/dbus'],
];
const windowsSystem = ['/windows', '/programdata', '/program files', '/program files (x86)', '/boot', '/recovery'];
/** Files and folders in which programs keep what lets them in somewhere. */
const keys =
  /\/(?:\.ssh|\.aws|\.docker|\.kube|\.gnupg|\.azure|\.netrc|_netrc|\.npmrc|\.pypirc|\.git-credentials|\.vault-token|\.terraform\.d|\.password-store|\.pki|\.mozilla|\.thunderbird|keychains|keyrings|\.m2|\.gem|\.cargo|\.bash_history|\.zsh_history)(?:\/|$)|\/\.config(?:\/(?:gcloud|gh|glab-cli|hub|op|doctl|containers|rclone|azure|google-chrome|chromium|bravesoftware))?$/;
/** What of /etc is given to containers without harm, as long as they cannot change it. */
const harmlessEtc =
  /^\/etc\/(?:localtime|timezone|machine-id|os-release|hostname|hosts|resolv\.conf|ssl\/certs|ca-certificates|pki\/tls\/certs)(?:\/|$)/;

/** The worst first. */
const kinds: readonly { holds(path: string, readOnly: boolean): boolean; say(source: string): string }[] = [
  {
    holds: (path) =>
      path === '/' || /^[a-z]:\/$/.test(path) || /^\/(?:host_mnt|run\/desktop\/mnt(?:\/host)?)$/.test(path),
    say: (source) => t('⚠ It gets all files of the host: {0}', source),
  },
  {
    holds: (path) =>
      sockets.some((socket) => isWithin(socket, path)) ||
      /\/(?:docker|podman|containerd|crio|buildkitd)[^/]*\.sock$/.test(path) ||
      /^\/pipe\/.*(?:docker|podman|containerd)/.test(path) ||
      /^\/run\/user(?:\/\d+(?:\/(?:podman|docker))?)?$/.test(path) ||
      /\/\.docker\/(?:run|desktop)$/.test(path),
    say: (source) => t("⚠ It gets the engine's socket, and with it every other container and the host: {0}", source),
  },
  {
    holds: (path) => stores.some((store) => isWithin(store, path) || isWithin(path, store)),
    say: (source) => t("⚠ It gets the engine's own files, and with them every other container: {0}", source),
  },
  {
    holds: (path, readOnly) =>
      (system.some((folder) => isWithin(path, folder)) && !(readOnly && isWithin(path, '/lib/modules'))) ||
      windowsSystem.some((folder) => /^[a-z]:/.test(path) && isWithin(path.slice(2), folder)),
    say: (source) => t("⚠ It gets folders of the host's system: {0}", source),
  },
  {
    holds: (path, readOnly) => isWithin(path, '/etc') && !(readOnly && harmlessEtc.test(path)),
    say: (source) => t("⚠ It gets the host's settings and accounts: {0}", source),
  },
  {
    holds: (path) => keys.test(path),
    say: (source) => t('⚠ It gets keys or passwords of a person: {0}', source),
  },
  {
    holds: (path) => /^(?:[a-z]:)?\/(?:home|users|root)(?:\/[^/]+)?$/.test(path) || isWithin(path, '/root'),
    say: (source) => t('⚠ It gets a whole home folder, with the keys and passwords in it: {0}', source),
  },
];
