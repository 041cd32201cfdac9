// A container's inspect answer turned back into the run options that make such a container, without what its image says.
import type { RunOptions } from './runOptions.ts';
import { durationText, fieldsText, sizeText } from './runValues.ts';

/** What the engine would fill in by itself, from its `GET /info` answer; what is absent is taken for the usual. */
export interface EngineDefaults {
  info?: unknown;
}

type Fields = Record<string, unknown>;

/**
 * Reads the answers of `GET /containers/{id}/json` and `GET /images/{id}/json`. What the engine fills in by itself is left out.
 * A health check or an entrypoint of several words, which only the API can set, becomes the nearest that a line can say.
 */
export function fromInspect(container: unknown, image: unknown, { info }: EngineDefaults = {}): RunOptions {
  const inspect = fields(container);
  const config = fields(inspect.Config);
  const host = fields(inspect.HostConfig);
  const own = fields(fields(image).Config);
  const engine = fields(info);
  return compact({
    image: text(config.Image),
    name: text(inspect.Name).replace(/^\//, ''),
    ...programOf(config, own),
    ...streamsOf(config),
    ...environmentOf(inspect, config, host, own, engine),
    ...networkOf(inspect, config, host),
    ...mountsOf(config, host, own),
    ...healthOf(fields(config.Healthcheck), fields(own.Healthcheck)),
    ...securityOf(host, engine),
    ...resourcesOf(host),
  });
}

/** Entrypoint and command. The image's command counts only as long as its entrypoint does (Dockerfile reference, CMD and ENTRYPOINT). */
function programOf(config: Fields, own: Fields): Partial<RunOptions> {
  const [entrypoint, command] = [texts(config.Entrypoint), texts(config.Cmd)];
  const [ownEntrypoint, ownCommand] = [texts(own.Entrypoint), texts(own.Cmd)];
  const isOwn = same(entrypoint, ownEntrypoint) && (command.length > 0 || ownCommand.length === 0);
  if (isOwn) {
    return same(command, ownCommand) ? {} : { command };
  }
  const [first = '', ...rest] = entrypoint;
  return { entrypoint: [first], command: [...rest, ...command] };
}

function streamsOf(config: Fields): Partial<RunOptions> {
  const stdin = config.OpenStdin === true;
  const tty = config.Tty === true;
  const attached = { stdin: config.AttachStdin, stdout: config.AttachStdout, stderr: config.AttachStderr };
  const streams = Object.entries(attached).flatMap(([stream, on]) => (on === true ? [stream] : []));
  const usual = attached.stdout === true && attached.stderr === true && (attached.stdin === true) === stdin;
  return {
    ...(stdin && tty ? { interactive: true } : { stdin, tty }),
    ...(streams.length === 0 ? { detach: true } : !usual && { attach: streams }),
  };
}

function environmentOf(inspect: Fields, config: Fields, host: Fields, own: Fields, engine: Fields): Partial<RunOptions> {
  const ownEnv = new Set(texts(own.Env));
  const ownLabels = textMap(own.Labels);
  const labels = Object.entries(textMap(config.Labels)).filter(([name, value]) => ownLabels[name] !== value);
  const log = fields(host.LogConfig);
  const restart = fields(host.RestartPolicy);
  const count = number(restart.MaximumRetryCount);
  return {
    env: texts(config.Env).filter((variable) => !ownEnv.has(variable)),
    labels: Object.fromEntries(labels),
    annotations: textMap(host.Annotations),
    user: unless(config.User, own.User),
    groups: texts(host.GroupAdd),
    workdir: unless(config.WorkingDir, own.WorkingDir),
    hostname: hostnameOf(inspect, config, host, engine),
    domainname: text(config.Domainname),
    remove: host.AutoRemove === true,
    restart: unless(text(restart.Name) + (count ? `:${count}` : ''), 'no'),
    readOnly: host.ReadonlyRootfs === true,
    ...(typeof host.Init === 'boolean' && { init: host.Init }),
    stopSignal: unless(config.StopSignal, text(own.StopSignal) || 'SIGTERM'),
    ...(typeof config.StopTimeout === 'number' && { stopTimeout: config.StopTimeout }),
    logDriver: unless(log.Type, text(engine.LoggingDriver) || 'json-file'),
    logOptions: textMap(log.Config),
    storageOptions: textMap(host.StorageOpt),
    runtime: unless(host.Runtime, text(engine.DefaultRuntime) || 'runc'),
    isolation: text(host.Isolation),
  };
}

/** The engine names a container after its id, and one in the host's network or UTS namespace after the host. */
function hostnameOf(inspect: Fields, config: Fields, host: Fields, engine: Fields): string {
  const hostname = text(config.Hostname);
  const isShared = host.NetworkMode === 'host' || host.UTSMode === 'host';
  return hostname === text(inspect.Id).slice(0, 12) || (isShared && hostname === (text(engine.Name) || hostname)) ? '' : hostname;
}

function networkOf(inspect: Fields, config: Fields, host: Fields): Partial<RunOptions> {
  const networks = fields(fields(inspect.NetworkSettings).Networks);
  const mode = text(host.NetworkMode) || 'default';
  const isMode = ([name, endpoint]: [string, unknown]) =>
    name === (mode === 'default' && !(mode in networks) ? 'bridge' : mode) || fields(endpoint).NetworkID === mode;
  const all = Object.entries(networks);
  const first = all.find(isMode);
  const endpoint = fields(first?.[1]);
  const ipam = fields(endpoint.IPAMConfig);
  const driverOptions = Object.entries(textMap(endpoint.DriverOpts));
  const priority = number(endpoint.GwPriority);
  const extra = [...driverOptions.map(([key, value]) => `driver-opt=${key}=${value}`), ...(priority ? [`gw-priority=${priority}`] : [])];
  return {
    network: mode === 'default' ? '' : extra.length > 0 ? fieldsText([`name=${mode}`, ...extra]) : mode,
    otherNetworks: all.filter((entry) => entry !== first).map(([name, other]) => longNetwork(name, fields(other), inspect)),
    networkAliases: aliasesOf(endpoint, inspect),
    ip: text(ipam.IPv4Address),
    ip6: text(ipam.IPv6Address),
    linkLocalIps: texts(ipam.LinkLocalIPs),
    macAddress: text(config.MacAddress),
    links: linksOf(texts(host.Links).length > 0 ? texts(host.Links) : texts(endpoint.Links)),
    extraHosts: texts(host.ExtraHosts),
    dns: texts(host.Dns),
    dnsOptions: texts(host.DnsOptions),
    dnsSearch: texts(host.DnsSearch),
  };
}

function longNetwork(name: string, endpoint: Fields, inspect: Fields): string {
  const ipam = fields(endpoint.IPAMConfig);
  const settings = [
    ...aliasesOf(endpoint, inspect).map((alias) => `alias=${alias}`),
    ...[['ip', ipam.IPv4Address], ['ip6', ipam.IPv6Address]].flatMap(([key, value]) => (text(value) ? [`${key}=${value}`] : [])),
    ...texts(ipam.LinkLocalIPs).map((address) => `link-local-ip=${address}`),
    ...Object.entries(textMap(endpoint.DriverOpts)).map(([key, value]) => `driver-opt=${key}=${value}`),
    ...(number(endpoint.GwPriority) ? [`gw-priority=${endpoint.GwPriority}`] : []),
  ];
  return settings.length > 0 ? fieldsText([`name=${name}`, ...settings]) : name;
}

/** Older engines add the short id to the aliases by themselves. */
function aliasesOf(endpoint: Fields, inspect: Fields): string[] {
  return texts(endpoint.Aliases).filter((alias) => alias !== text(inspect.Id).slice(0, 12));
}

/** The engine writes a link as `/target:/container/alias`. */
function linksOf(links: readonly string[]): string[] {
  return links.map((link) => {
    const [, target, alias] = /^\/([^:]+):.*\/([^/]+)$/.exec(link) ?? [];
    return target === undefined ? link : target === alias ? target : `${target}:${alias}`;
  });
}

function mountsOf(config: Fields, host: Fields, own: Fields): Partial<RunOptions> {
  const bindings = Object.entries(fields(host.PortBindings)).sort(byPort);
  const hidden = [...Object.keys(fields(own.ExposedPorts)), ...bindings.map(([port]) => port)];
  const exposed = Object.entries(fields(config.ExposedPorts)).filter(([port]) => !hidden.includes(port));
  const volumes = Object.keys(fields(config.Volumes)).filter((path) => !(path in fields(own.Volumes)));
  return {
    ports: bindings.flatMap(([port, all]) => list(all).map((binding) => portText(port, fields(binding)))),
    publishAll: host.PublishAllPorts === true,
    expose: exposed.sort(byPort).map(([port]) => port.replace(/\/tcp$/, '')),
    volumes: [...texts(host.Binds), ...volumes],
    mounts: list(host.Mounts).map((mount) => mountText(fields(mount))),
    tmpfs: Object.entries(textMap(host.Tmpfs)).map(([path, settings]) => (settings ? `${path}:${settings}` : path)),
    volumesFrom: texts(host.VolumesFrom),
    volumeDriver: text(host.VolumeDriver),
  };
}

function byPort([one]: [string, unknown], [other]: [string, unknown]): number {
  return Number.parseInt(one, 10) - Number.parseInt(other, 10) || (one < other ? -1 : 1);
}

function portText(port: string, { HostIp, HostPort }: Fields): string {
  const address = text(HostIp);
  const shownAddress = address.includes(':') ? `[${address}]:` : address ? `${address}:` : '';
  const hostPort = text(HostPort);
  return `${shownAddress}${hostPort || address ? `${hostPort}:` : ''}${port.replace(/\/tcp$/, '')}`;
}

function mountText(mount: Fields): string {
  const bind = fields(mount.BindOptions);
  const volume = fields(mount.VolumeOptions);
  const driver = fields(volume.DriverConfig);
  const tmpfs = fields(mount.TmpfsOptions);
  const recursive = bind.NonRecursive ? 'disabled' : bind.ReadOnlyNonRecursive ? 'writable' : bind.ReadOnlyForceRecursive ? 'readonly' : '';
  const pairs: [string, unknown][] = [
    ['type', mount.Type],
    ['source', mount.Source],
    ['target', mount.Target],
    ['readonly', mount.ReadOnly],
    ['consistency', mount.Consistency],
    ['bind-propagation', bind.Propagation],
    ['bind-recursive', recursive],
    ['volume-nocopy', volume.NoCopy],
    ['volume-subpath', volume.Subpath],
    ['volume-driver', driver.Name],
    ...Object.entries(textMap(driver.Options)).map(([key, value]): [string, string] => ['volume-opt', `${key}=${value}`]),
    ...Object.entries(textMap(volume.Labels)).map(([key, value]): [string, string] => ['volume-label', `${key}=${value}`]),
    ['image-subpath', fields(mount.ImageOptions).Subpath],
    ['tmpfs-size', number(tmpfs.SizeBytes) && sizeText(number(tmpfs.SizeBytes))],
    ['tmpfs-mode', number(tmpfs.Mode) && number(tmpfs.Mode).toString(8)],
  ];
  return fieldsText(pairs.flatMap(([key, value]) => (value === true ? [key] : value ? [`${key}=${value}`] : [])));
}

function healthOf(health: Fields, own: Fields): Partial<RunOptions> {
  const test = texts(health.Test);
  const duration = (key: string) => {
    const value = number(health[key]);
    return value && value !== number(own[key]) ? durationText(value) : '';
  };
  const retries = number(health.Retries);
  if (test[0] === 'NONE') {
    return { noHealthcheck: !same(test, texts(own.Test)) };
  }
  return {
    healthCmd: same(test, texts(own.Test)) ? '' : test.slice(1).join(' '),
    healthInterval: duration('Interval'),
    healthTimeout: duration('Timeout'),
    healthStartPeriod: duration('StartPeriod'),
    healthStartInterval: duration('StartInterval'),
    ...(retries && retries !== number(own.Retries) && { healthRetries: retries }),
  };
}

function securityOf(host: Fields, engine: Fields): Partial<RunOptions> {
  const isOpen = Array.isArray(host.MaskedPaths) && host.MaskedPaths.length === 0;
  // The engine itself takes the labels off containers that share so much with the host.
  const isShared = host.Privileged === true || host.PidMode === 'host' || host.IpcMode === 'host';
  const options = texts(host.SecurityOpt);
  return {
    privileged: host.Privileged === true,
    capAdd: texts(host.CapAdd),
    capDrop: texts(host.CapDrop),
    securityOptions: [
      ...(isShared && same(options, ['label=disable']) ? [] : options),
      ...(isOpen ? ['systempaths=unconfined'] : []),
    ],
    sysctls: textMap(host.Sysctls),
    userns: text(host.UsernsMode),
    cgroupns: unless(host.CgroupnsMode, host.Privileged === true || engine.CgroupVersion === '1' ? 'host' : 'private'),
    ipc: unless(host.IpcMode, 'private'),
    pid: text(host.PidMode),
    uts: text(host.UTSMode),
  };
}

const defaultShm = 64 * 1024 * 1024;

function resourcesOf(host: Fields): Partial<RunOptions> {
  const size = (value: unknown) => (number(value) === -1 ? '-1' : number(value) ? sizeText(number(value)) : '');
  const rates = (value: unknown, bytes: boolean) =>
    list(value).map(fields).map(({ Path, Rate }) => `${Path}:${bytes ? sizeText(number(Rate)) : Rate}`);
  const requests = list(host.DeviceRequests).map(fields);
  const swappiness = host.MemorySwappiness;
  // With a limit of memory alone, the engine allows as much swap again.
  const swap = number(host.MemorySwap) === 2 * number(host.Memory) ? '' : size(host.MemorySwap);
  return {
    devices: [
      ...list(host.Devices).map((device) => deviceText(fields(device))),
      ...requests.flatMap((request) => (request.Driver === 'cdi' ? texts(request.DeviceIDs) : [])),
    ],
    deviceCgroupRules: texts(host.DeviceCgroupRules),
    gpus: requests.filter(({ Driver }) => Driver !== 'cdi').map(gpuText),
    cpus: number(host.NanoCpus) ? String(number(host.NanoCpus) / 1e9) : '',
    ...numbers({
      cpuShares: host.CpuShares,
      cpuPeriod: host.CpuPeriod,
      cpuQuota: host.CpuQuota,
      cpuRtPeriod: host.CpuRealtimePeriod,
      cpuRtRuntime: host.CpuRealtimeRuntime,
      cpuCount: host.CpuCount,
      cpuPercent: host.CpuPercent,
      ioMaxIops: host.IOMaximumIOps,
      oomScoreAdj: host.OomScoreAdj,
      pidsLimit: host.PidsLimit,
      blkioWeight: host.BlkioWeight,
    }),
    ...(typeof swappiness === 'number' && swappiness >= 0 && { memorySwappiness: swappiness }),
    cpusetCpus: text(host.CpusetCpus),
    cpusetMems: text(host.CpusetMems),
    ioMaxBandwidth: size(host.IOMaximumBandwidth),
    memory: size(host.Memory),
    memoryReservation: size(host.MemoryReservation),
    memorySwap: swap,
    kernelMemory: size(host.KernelMemory),
    shmSize: number(host.ShmSize) === defaultShm ? '' : size(host.ShmSize),
    oomKillDisable: host.OomKillDisable === true,
    ulimits: list(host.Ulimits).map(fields).map(({ Name, Soft, Hard }) => `${Name}=${Soft}${Soft === Hard ? '' : `:${Hard}`}`),
    blkioWeightDevices: list(host.BlkioWeightDevice).map(fields).map(({ Path, Weight }) => `${Path}:${Weight}`),
    deviceReadBps: rates(host.BlkioDeviceReadBps, true),
    deviceWriteBps: rates(host.BlkioDeviceWriteBps, true),
    deviceReadIops: rates(host.BlkioDeviceReadIOps, false),
    deviceWriteIops: rates(host.BlkioDeviceWriteIOps, false),
    cgroupParent: text(host.CgroupParent),
  };
}

function deviceText({ PathOnHost, PathInContainer, CgroupPermissions }: Fields): string {
  const [host, target, modes] = [text(PathOnHost), text(PathInContainer), text(CgroupPermissions)];
  return [host, ...(target && target !== host ? [target] : []), ...(modes && modes !== 'rwm' ? [modes] : [])].join(':');
}

function gpuText(request: Fields): string {
  const count = number(request.Count);
  const devices = texts(request.DeviceIDs);
  const capabilities = texts(list(request.Capabilities)[0]).filter((capability) => capability !== 'gpu');
  const settings = Object.entries(textMap(request.Options)).map((pair) => pair.join('='));
  return fieldsText([
    ...(devices.length > 0 ? [`device=${devices.join(',')}`] : [count === -1 ? 'all' : String(count)]),
    ...(text(request.Driver) ? [`driver=${request.Driver}`] : []),
    ...(capabilities.length > 0 ? [`capabilities=${capabilities.join(',')}`] : []),
    ...(settings.length > 0 ? [`options=${fieldsText(settings)}`] : []),
  ]);
}

/** Leaves out what says nothing: empty texts, lists and maps, and switches that are off (but `init`, which has three states). */
function compact(options: RunOptions): RunOptions {
  const says = ([name, value]: [string, unknown]) =>
    value !== undefined && value !== '' && (value !== false || name === 'init') && !(typeof value === 'object' && value !== null && Object.keys(value).length === 0);
  return Object.fromEntries(Object.entries(options).filter((entry) => entry[0] === 'image' || says(entry))) as unknown as RunOptions;
}

/** The numbers that are set; 0 is the engine's word for "not set". */
function numbers<K extends string>(values: Record<K, unknown>): Partial<Record<K, number>> {
  const set = Object.entries(values).filter(([, value]) => typeof value === 'number' && value !== 0);
  return Object.fromEntries(set) as Partial<Record<K, number>>;
}

function unless(value: unknown, usual: unknown): string {
  return value === usual ? '' : text(value);
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, index) => word === other[index]);
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function texts(value: unknown): string[] {
  return list(value).filter((item) => typeof item === 'string');
}

function textMap(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(fields(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
