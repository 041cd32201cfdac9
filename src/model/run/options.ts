// How a container is to be run: one model for the prompts, the form and the `docker run` line.
//
// It holds everything that `docker run` and `docker create` can say (client 28). Unless a comment says otherwise, a text
// has the form that stands after the flag of the same name, so that what a person typed comes back as it was.

export interface RunOptions {
  /** Image reference or id. */
  image: string;
  name?: string;
  /** Arguments after the image; the image's own CMD when absent. */
  command?: string[];
  /** Only its first word fits into `--entrypoint`. One empty word takes the image's own away. */
  entrypoint?: string[];
  /** `NAME=value`, or `NAME` alone, which takes the image's variable away. */
  env?: string[];
  /** Files of variables (`--env-file`) that are still to be read, see `foldFiles`; `createBody` refuses them. */
  envFiles?: string[];
  /** As after `-p`: `8080:80`, `127.0.0.1:8080:80/udp`, `8000-8005:8000-8005`, `80`. */
  ports?: string[];
  /** Publishes every exposed port at a free host port (`-P`). */
  publishAll?: boolean;
  /** As after `-v`: `/host:/path[:ro]`, `volume:/path`, `/path`. */
  volumes?: string[];
  /** Keeps standard input open and gives a terminal (`-it`). `stdin` and `tty` win over it. */
  interactive?: boolean;
  /** Keeps standard input open (`-i`). */
  stdin?: boolean;
  /** Gives a terminal (`-t`). */
  tty?: boolean;
  /** Starts it in the background (`-d`). */
  detach?: boolean;
  /** `stdin`, `stdout`, `stderr`: the streams to attach to; the last two when absent. */
  attach?: string[];
  /** Removes the container when it ends (`--rm`). */
  remove?: boolean;
  labels?: Record<string, string>;
  /** Files of labels (`--label-file`) that are still to be read, see `foldFiles`; `createBody` refuses them. */
  labelFiles?: string[];
  /** Handed on to the runtime; needs API 1.43. */
  annotations?: Record<string, string>;
  /** `name|uid[:group|gid]`. */
  user?: string;
  /** Further groups (`--group-add`). */
  groups?: string[];
  workdir?: string;
  /** A network's name, `host`, `none`, `container:other`, or the long form `name=net,alias=web,ip=10.0.0.5`. */
  network?: string;
  /** Networks after the first one; engines before API 1.44 take only one. */
  otherNetworks?: string[];
  /** Names in the (first) network. */
  networkAliases?: string[];
  /** `container[:alias]`. */
  links?: string[];
  linkLocalIps?: string[];
  ip?: string;
  ip6?: string;
  macAddress?: string;
  hostname?: string;
  domainname?: string;
  /** `80`, `80/udp`, `8000-8005`. */
  expose?: string[];
  dns?: string[];
  dnsOptions?: string[];
  dnsSearch?: string[];
  /** `host:ip` or `host=ip` (`--add-host`). */
  extraHosts?: string[];
  /** `no`, `always`, `unless-stopped`, `on-failure[:max]`. */
  restart?: string;
  platform?: string;
  /** Whether the image is pulled first; `missing` when absent. It concerns the client, not the request. */
  pull?: 'always' | 'missing' | 'never';

  /** As after `--mount`: `type=bind,source=/host,target=/path,readonly`. */
  mounts?: string[];
  /** `/path[:options]`. */
  tmpfs?: string[];
  /** `container[:ro|rw]`. */
  volumesFrom?: string[];
  volumeDriver?: string;
  storageOptions?: Record<string, string>;
  /** Makes the root file system read-only. */
  readOnly?: boolean;

  init?: boolean;
  stopSignal?: string;
  /** Seconds. */
  stopTimeout?: number;
  logDriver?: string;
  logOptions?: Record<string, string>;

  /** A command line for the shell in the container. */
  healthCmd?: string;
  /** Durations: `30s`, `1m30s`, `500ms`. */
  healthInterval?: string;
  healthTimeout?: string;
  healthStartPeriod?: string;
  /** Needs API 1.44. */
  healthStartInterval?: string;
  healthRetries?: number;
  noHealthcheck?: boolean;

  privileged?: boolean;
  capAdd?: string[];
  capDrop?: string[];
  /** `no-new-privileges`, `label=…`, `apparmor=…`, `seccomp=file|unconfined|builtin`, `systempaths=unconfined`. */
  securityOptions?: string[];
  sysctls?: Record<string, string>;
  /** `host`, `private`, `container:other` and what else each namespace knows. */
  userns?: string;
  cgroupns?: string;
  ipc?: string;
  pid?: string;
  uts?: string;

  /** `/dev/host[:/dev/container][:rwm]`, or a CDI name `vendor/class=device`. */
  devices?: string[];
  /** `c 42:* rmw`. */
  deviceCgroupRules?: string[];
  /** `all`, a count, or `"device=0,1"`, `driver=…,count=…,"capabilities=…"`. */
  gpus?: string[];

  /** A decimal number of processors. */
  cpus?: string;
  cpuShares?: number;
  /** Microseconds. */
  cpuPeriod?: number;
  cpuQuota?: number;
  cpuRtPeriod?: number;
  cpuRtRuntime?: number;
  /** `0-3`, `0,1`. */
  cpusetCpus?: string;
  cpusetMems?: string;
  /** Windows only, as `cpuPercent`, `ioMaxBandwidth`, `ioMaxIops` and `isolation` are. */
  cpuCount?: number;
  cpuPercent?: number;
  ioMaxBandwidth?: string;
  ioMaxIops?: number;
  isolation?: string;
  /** Sizes: bytes, or a number with `b`, `k`, `m`, `g`; `-1` is no limit for swap. */
  memory?: string;
  memoryReservation?: string;
  memorySwap?: string;
  kernelMemory?: string;
  shmSize?: string;
  /** 0 to 100. */
  memorySwappiness?: number;
  oomKillDisable?: boolean;
  /** -1000 to 1000. */
  oomScoreAdj?: number;
  /** -1 is no limit. */
  pidsLimit?: number;
  /** `nofile=1024:2048`. */
  ulimits?: string[];
  /** 10 to 1000. */
  blkioWeight?: number;
  /** `/dev/sda:500`. */
  blkioWeightDevices?: string[];
  /** `/dev/sda:1mb`. */
  deviceReadBps?: string[];
  deviceWriteBps?: string[];
  /** `/dev/sda:1000`. */
  deviceReadIops?: string[];
  deviceWriteIops?: string[];
  cgroupParent?: string;
  runtime?: string;
}
