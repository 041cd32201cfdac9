// The flags of `docker run` and `docker create` (client 28), and the run option that each of them fills.
import type { RunOptions } from './options.ts';

type FieldOf<T> = {
  [K in keyof RunOptions]-?: Exclude<RunOptions[K], undefined> extends T ? K : never;
}[keyof RunOptions];

interface Names {
  /** Without the dashes. */
  name: string;
  /** One letter. */
  short?: string;
  /** Other spellings of the name, without the dashes. */
  aliases?: readonly string[];
  /** Only `docker run` knows it. */
  runOnly?: true;
}

export type RunFlag = Names &
  (
    | { kind: 'switch'; field: FieldOf<boolean> }
    | { kind: 'text'; field: Exclude<FieldOf<string>, 'image' | 'network' | 'pull'> }
    | { kind: 'number'; field: FieldOf<number> }
    | { kind: 'list'; field: Exclude<FieldOf<string[]>, 'command' | 'entrypoint' | 'otherNetworks'> }
    | { kind: 'map'; field: FieldOf<Record<string, string>> }
    /** Options with a form of their own. */
    | { kind: 'entrypoint' | 'network' | 'pull' }
    /** It concerns the docker program alone. */
    | { kind: 'client'; takesValue: boolean }
  );

/** In the order in which a line is written: what a reader looks for first comes first. */
export const runFlags: readonly RunFlag[] = [
  { name: 'detach', short: 'd', kind: 'switch', field: 'detach', runOnly: true },
  { name: 'interactive', short: 'i', kind: 'switch', field: 'stdin' },
  { name: 'tty', short: 't', kind: 'switch', field: 'tty' },
  { name: 'attach', short: 'a', kind: 'list', field: 'attach' },
  { name: 'rm', kind: 'switch', field: 'remove' },
  { name: 'name', kind: 'text', field: 'name' },
  { name: 'hostname', short: 'h', kind: 'text', field: 'hostname' },
  { name: 'domainname', kind: 'text', field: 'domainname' },
  { name: 'restart', kind: 'text', field: 'restart' },
  { name: 'pull', kind: 'pull' },
  { name: 'platform', kind: 'text', field: 'platform' },

  { name: 'network', aliases: ['net'], kind: 'network' },
  { name: 'network-alias', aliases: ['net-alias'], kind: 'list', field: 'networkAliases' },
  { name: 'ip', kind: 'text', field: 'ip' },
  { name: 'ip6', kind: 'text', field: 'ip6' },
  { name: 'link-local-ip', kind: 'list', field: 'linkLocalIps' },
  { name: 'mac-address', kind: 'text', field: 'macAddress' },
  { name: 'link', kind: 'list', field: 'links' },
  { name: 'publish', short: 'p', kind: 'list', field: 'ports' },
  { name: 'publish-all', short: 'P', kind: 'switch', field: 'publishAll' },
  { name: 'expose', kind: 'list', field: 'expose' },
  { name: 'add-host', kind: 'list', field: 'extraHosts' },
  { name: 'dns', kind: 'list', field: 'dns' },
  { name: 'dns-option', aliases: ['dns-opt'], kind: 'list', field: 'dnsOptions' },
  { name: 'dns-search', kind: 'list', field: 'dnsSearch' },

  { name: 'env-file', kind: 'list', field: 'envFiles' },
  { name: 'env', short: 'e', kind: 'list', field: 'env' },
  { name: 'label-file', kind: 'list', field: 'labelFiles' },
  { name: 'label', short: 'l', kind: 'map', field: 'labels' },
  { name: 'annotation', kind: 'map', field: 'annotations' },

  { name: 'volume', short: 'v', kind: 'list', field: 'volumes' },
  { name: 'mount', kind: 'list', field: 'mounts' },
  { name: 'tmpfs', kind: 'list', field: 'tmpfs' },
  { name: 'volumes-from', kind: 'list', field: 'volumesFrom' },
  { name: 'volume-driver', kind: 'text', field: 'volumeDriver' },
  { name: 'storage-opt', kind: 'map', field: 'storageOptions' },
  { name: 'read-only', kind: 'switch', field: 'readOnly' },

  { name: 'entrypoint', kind: 'entrypoint' },
  { name: 'user', short: 'u', kind: 'text', field: 'user' },
  { name: 'group-add', kind: 'list', field: 'groups' },
  { name: 'workdir', short: 'w', kind: 'text', field: 'workdir' },
  { name: 'init', kind: 'switch', field: 'init' },
  { name: 'stop-signal', kind: 'text', field: 'stopSignal' },
  { name: 'stop-timeout', kind: 'number', field: 'stopTimeout' },
  { name: 'log-driver', kind: 'text', field: 'logDriver' },
  { name: 'log-opt', kind: 'map', field: 'logOptions' },

  { name: 'health-cmd', kind: 'text', field: 'healthCmd' },
  { name: 'health-interval', kind: 'text', field: 'healthInterval' },
  { name: 'health-timeout', kind: 'text', field: 'healthTimeout' },
  { name: 'health-start-period', kind: 'text', field: 'healthStartPeriod' },
  { name: 'health-start-interval', kind: 'text', field: 'healthStartInterval' },
  { name: 'health-retries', kind: 'number', field: 'healthRetries' },
  { name: 'no-healthcheck', kind: 'switch', field: 'noHealthcheck' },

  { name: 'privileged', kind: 'switch', field: 'privileged' },
  { name: 'cap-add', kind: 'list', field: 'capAdd' },
  { name: 'cap-drop', kind: 'list', field: 'capDrop' },
  { name: 'security-opt', kind: 'list', field: 'securityOptions' },
  { name: 'sysctl', kind: 'map', field: 'sysctls' },
  { name: 'userns', kind: 'text', field: 'userns' },
  { name: 'cgroupns', kind: 'text', field: 'cgroupns' },
  { name: 'ipc', kind: 'text', field: 'ipc' },
  { name: 'pid', kind: 'text', field: 'pid' },
  { name: 'uts', kind: 'text', field: 'uts' },

  { name: 'device', kind: 'list', field: 'devices' },
  { name: 'device-cgroup-rule', kind: 'list', field: 'deviceCgroupRules' },
  { name: 'gpus', kind: 'list', field: 'gpus' },

  { name: 'cpus', kind: 'text', field: 'cpus' },
  { name: 'cpu-shares', short: 'c', kind: 'number', field: 'cpuShares' },
  { name: 'cpu-period', kind: 'number', field: 'cpuPeriod' },
  { name: 'cpu-quota', kind: 'number', field: 'cpuQuota' },
  { name: 'cpu-rt-period', kind: 'number', field: 'cpuRtPeriod' },
  { name: 'cpu-rt-runtime', kind: 'number', field: 'cpuRtRuntime' },
  { name: 'cpuset-cpus', kind: 'text', field: 'cpusetCpus' },
  { name: 'cpuset-mems', kind: 'text', field: 'cpusetMems' },
  { name: 'cpu-count', kind: 'number', field: 'cpuCount' },
  { name: 'cpu-percent', kind: 'number', field: 'cpuPercent' },
  { name: 'io-maxbandwidth', kind: 'text', field: 'ioMaxBandwidth' },
  { name: 'io-maxiops', kind: 'number', field: 'ioMaxIops' },
  { name: 'isolation', kind: 'text', field: 'isolation' },
  { name: 'memory', short: 'm', kind: 'text', field: 'memory' },
  { name: 'memory-reservation', kind: 'text', field: 'memoryReservation' },
  { name: 'memory-swap', kind: 'text', field: 'memorySwap' },
  { name: 'memory-swappiness', kind: 'number', field: 'memorySwappiness' },
  { name: 'kernel-memory', kind: 'text', field: 'kernelMemory' },
  { name: 'shm-size', kind: 'text', field: 'shmSize' },
  { name: 'oom-kill-disable', kind: 'switch', field: 'oomKillDisable' },
  { name: 'oom-score-adj', kind: 'number', field: 'oomScoreAdj' },
  { name: 'pids-limit', kind: 'number', field: 'pidsLimit' },
  { name: 'ulimit', kind: 'list', field: 'ulimits' },
  { name: 'blkio-weight', kind: 'number', field: 'blkioWeight' },
  { name: 'blkio-weight-device', kind: 'list', field: 'blkioWeightDevices' },
  { name: 'device-read-bps', kind: 'list', field: 'deviceReadBps' },
  { name: 'device-write-bps', kind: 'list', field: 'deviceWriteBps' },
  { name: 'device-read-iops', kind: 'list', field: 'deviceReadIops' },
  { name: 'device-write-iops', kind: 'list', field: 'deviceWriteIops' },
  { name: 'cgroup-parent', kind: 'text', field: 'cgroupParent' },
  { name: 'runtime', kind: 'text', field: 'runtime' },

  { name: 'cidfile', kind: 'client', takesValue: true },
  { name: 'detach-keys', kind: 'client', takesValue: true, runOnly: true },
  { name: 'disable-content-trust', kind: 'client', takesValue: false },
  { name: 'help', kind: 'client', takesValue: false },
  { name: 'quiet', short: 'q', kind: 'client', takesValue: false },
  { name: 'sig-proxy', kind: 'client', takesValue: false, runOnly: true },
  { name: 'use-api-socket', kind: 'client', takesValue: false },
];

const byName = new Map(runFlags.flatMap((flag) => [flag.name, ...(flag.aliases ?? [])].map((name) => [name, flag])));
const byShort = new Map(runFlags.flatMap((flag) => (flag.short ? [[flag.short, flag] as const] : [])));

/** The flag of a name (`publish`) or letter (`p`). */
export function findRunFlag(name: string): RunFlag | undefined {
  return name.length === 1 ? byShort.get(name) : byName.get(name);
}

/** Whether `--flag` alone sets it, so that the next word is no value of it. */
export function isSwitch(flag: RunFlag): boolean {
  return flag.kind === 'switch' || (flag.kind === 'client' && !flag.takesValue);
}
