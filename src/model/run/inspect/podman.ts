// Podman's inspect answer made like Docker's: Podman writes its own defaults out, and some values in words of its own.
import { type Fields, fields, list, number, text, textMap, texts } from '../../untyped.ts';

/**
 * The answer without what Podman (4.3) adds to every container; an answer of Docker's comes back as it is.
 * `own` is the configuration of its image.
 */
export function likeDocker(inspect: Fields, own: Fields): Fields {
  const config = fields(inspect.Config);
  const host = fields(inspect.HostConfig);
  if (!texts(config.Env).includes('container=podman')) {
    return inspect;
  }
  const settings = fields(inspect.NetworkSettings);
  const { podman, ...networks } = fields(settings.Networks);
  const binds = texts(host.Binds);
  return {
    ...inspect,
    Config: configOf(config, own, binds.filter(isAnonymous)),
    HostConfig: {
      ...hostOf(host),
      // Podman writes "bridge" for every network; its own is the default one.
      NetworkMode:
        host.NetworkMode !== 'bridge'
          ? host.NetworkMode
          : podman !== undefined
            ? 'default'
            : (Object.keys(networks)[0] ?? 'bridge'),
      Binds: binds.filter((bind) => !isAnonymous(bind)).map((bind) => bind.replace(/:[\w,]+$/, modesOf)),
    },
    NetworkSettings: {
      ...settings,
      // The network of another container is that one's.
      Networks: /^container:/.test(text(host.NetworkMode))
        ? {}
        : { ...networks, ...(podman !== undefined && { bridge: podman }) },
    },
  };
}

/** The configuration without Podman's own values. Volumes without a name of their own stand among the binds. */
function configOf(config: Fields, own: Fields, anonymous: readonly string[]): Fields {
  return {
    ...config,
    Env: texts(config.Env).filter((variable) => !isAdded(variable, text(config.Hostname))),
    StopSignal: config.StopSignal === '15' ? '' : config.StopSignal,
    StopTimeout: config.StopTimeout === 0 ? undefined : config.StopTimeout,
    WorkingDir: config.WorkingDir === '/' && !own.WorkingDir ? '' : config.WorkingDir,
    Volumes: {
      ...fields(config.Volumes),
      ...Object.fromEntries(anonymous.map((bind) => [bind.split(':')[1], {}])),
    },
  };
}

/** Rights, limits and temporary file systems without Podman's own values. */
function hostOf(host: Fields): Fields {
  return {
    ...host,
    IpcMode: host.IpcMode === 'shareable' ? 'private' : host.IpcMode,
    PidMode: host.PidMode === 'private' ? '' : host.PidMode,
    UTSMode: host.UTSMode === 'private' ? '' : host.UTSMode,
    CapDrop: capabilitiesOf(texts(host.CapDrop)),
    Tmpfs: Object.fromEntries(
      Object.entries(textMap(host.Tmpfs))
        .map(([path, modes]) => [path, modesOf(modes)] as const)
        .filter(([path, modes]) => !(host.ReadonlyRootfs === true && modes === '' && writable.has(path))),
    ),
    MemorySwappiness: host.MemorySwappiness === 0 ? -1 : host.MemorySwappiness,
    ShmSize: host.ShmSize === defaultShmSize ? 0 : host.ShmSize,
    // A number of processors is kept as time, too.
    ...(number(host.NanoCpus) > 0 && { CpuPeriod: 0, CpuQuota: 0 }),
    // What is only declared stands among what is published.
    PortBindings: Object.fromEntries(
      Object.entries(fields(host.PortBindings)).filter(([, places]) => list(places).length > 0),
    ),
    Ulimits: ulimitsOf(list(host.Ulimits).map(fields)),
    Runtime: host.Runtime === 'oci' ? '' : host.Runtime,
  };
}

/** Bytes. */
const defaultShmSize = 65_536_000;

const droppedByPodman = new Set(['AUDIT_WRITE', 'MKNOD', 'NET_RAW', 'SYS_RESOURCE']);

/** Podman lists what it drops from every container that it made by itself, and only what was asked over this interface. */
function capabilitiesOf(dropped: readonly string[]): string[] {
  const names = dropped.map((name) => name.replace(/^CAP_/, ''));
  if (defaultCapabilities.every((name) => names.includes(name))) {
    return ['ALL'];
  }
  const isDefault = names.includes('AUDIT_WRITE') && names.includes('MKNOD');
  return isDefault ? names.filter((name) => !droppedByPodman.has(name)) : names;
}

/** What Podman leaves to a container of which nothing else is said; without all of them, all were dropped. */
const defaultCapabilities =
  'CHOWN DAC_OVERRIDE FOWNER FSETID KILL NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(' ');

function isAdded(variable: string, hostname: string): boolean {
  return ['container=podman', 'TERM=xterm', 'HOME=/root', `HOSTNAME=${hostname}`].includes(variable);
}

function isAnonymous(bind: string): boolean {
  return /^[\da-f]{64}:/.test(bind);
}

const defaultModes = new Set(['rw', 'rprivate', 'rbind', 'bind', 'nosuid', 'nodev', 'exec', 'tmpcopyup']);

/** The modes that a person gave, with the colon in front where there was one. */
function modesOf(text: string): string {
  const [colon, modes] = text.startsWith(':') ? [':', text.slice(1)] : ['', text];
  const own = modes.split(',').filter((mode) => !defaultModes.has(mode));
  return own.length > 0 ? colon + own.join(',') : '';
}

/** What Podman lets programs write to in a container that is read-only. */
const writable = new Set(['/run', '/tmp', '/var/tmp']);

/**
 * Podman names limits as the kernel does, and writes two that it sets for every container: as many processes and open
 * files as it may have itself, at most 1,048,576 of each. A person's own number of files is one that the other has not.
 */
function ulimitsOf(limits: readonly Fields[]): Fields[] {
  const named = limits.map(({ Name, Soft, Hard }) => ({
    Name: text(Name)
      .replace(/^RLIMIT_/, '')
      .toLowerCase(),
    Soft,
    Hard,
  }));
  const processes = named.find(({ Name }) => Name === 'nproc');
  return named.filter(({ Name, Soft, Hard }) => {
    const isDefault = Name === 'nproc' || (Name === 'nofile' && (Soft === 1_048_576 || Soft === processes?.Soft));
    return !(isDefault && Soft === Hard);
  });
}
