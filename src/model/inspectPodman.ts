// Podman's inspect answer made like Docker's: Podman writes its own defaults out, and some values in words of its own.
import { type Fields, fields, list, number, text, textMap, texts } from './untyped.ts';

/** The answer without what Podman (4.3) adds to every container; an answer of Docker's comes back as it is. */
export function likeDocker(inspect: Fields): Fields {
  const config = fields(inspect.Config);
  const host = fields(inspect.HostConfig);
  if (!texts(config.Env).includes('container=podman')) {
    return inspect;
  }
  const settings = fields(inspect.NetworkSettings);
  const { podman, ...networks } = fields(settings.Networks);
  return {
    ...inspect,
    Config: {
      ...config,
      Env: texts(config.Env).filter((variable) => !isAdded(variable, text(config.Hostname))),
      StopSignal: config.StopSignal === '15' ? '' : config.StopSignal,
      StopTimeout: config.StopTimeout === 0 ? undefined : config.StopTimeout,
      WorkingDir: config.WorkingDir === '/' ? '' : config.WorkingDir,
    },
    HostConfig: {
      ...host,
      NetworkMode: host.NetworkMode === 'bridge' && podman !== undefined ? 'default' : host.NetworkMode,
      IpcMode: host.IpcMode === 'shareable' ? 'private' : host.IpcMode,
      PidMode: host.PidMode === 'private' ? '' : host.PidMode,
      UTSMode: host.UTSMode === 'private' ? '' : host.UTSMode,
      CapDrop: texts(host.CapDrop).filter((name) => !droppedByPodman.has(name.replace(/^CAP_/, ''))),
      Binds: texts(host.Binds).map((bind) => bind.replace(/:[\w,]+$/, modesOf)),
      Tmpfs: Object.fromEntries(Object.entries(textMap(host.Tmpfs)).map(([path, modes]) => [path, modesOf(modes)])),
      MemorySwappiness: host.MemorySwappiness === 0 ? -1 : host.MemorySwappiness,
      ShmSize: host.ShmSize === 65_536_000 ? 0 : host.ShmSize,
      // A number of processors is kept as time, too.
      ...(number(host.NanoCpus) > 0 && { CpuPeriod: 0, CpuQuota: 0 }),
      Ulimits: list(host.Ulimits).map(fields).flatMap(ulimitsOf),
      Runtime: host.Runtime === 'oci' ? '' : host.Runtime,
    },
    NetworkSettings: { ...settings, Networks: { ...networks, ...(podman !== undefined && { bridge: podman }) } },
  };
}

const droppedByPodman = new Set(['AUDIT_WRITE', 'MKNOD', 'NET_RAW', 'SYS_RESOURCE']);

function isAdded(variable: string, hostname: string): boolean {
  return ['container=podman', 'TERM=xterm', 'HOME=/root', `HOSTNAME=${hostname}`].includes(variable);
}

const usualModes = new Set(['rw', 'rprivate', 'rbind', 'nosuid', 'nodev', 'tmpcopyup']);

/** The modes that a person gave, with the colon in front where there was one. */
function modesOf(text: string): string {
  const [colon, modes] = text.startsWith(':') ? [':', text.slice(1)] : ['', text];
  const own = modes.split(',').filter((mode) => !usualModes.has(mode));
  return own.length > 0 ? colon + own.join(',') : '';
}

/** Podman names limits as the kernel does, and writes the two that it sets for every container. */
function ulimitsOf({ Name, Soft, Hard }: Fields): Fields[] {
  const name = text(Name)
    .replace(/^RLIMIT_/, '')
    .toLowerCase();
  const isOwn = name === 'nproc' || (name === 'nofile' && Soft === 1_048_576 && Hard === 1_048_576);
  return isOwn ? [] : [{ Name: name, Soft, Hard }];
}
