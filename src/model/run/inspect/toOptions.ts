// A container's inspect answer turned back into the run options that make such a container, without what its image says.

import { pairOf } from '../../pairs.ts';
import { type Fields, fields, number, same, text, textMap, texts, unless } from '../../untyped.ts';
import type { RunOptions } from '../options.ts';
import { durationText } from '../parse.ts';
import { joinWords } from '../shell/split.ts';
import { inspectedMounts } from './mounts.ts';
import { inspectedNetwork } from './networks.ts';
import { likeDocker } from './podman.ts';
import { inspectedResources } from './resources.ts';

/** What the engine would fill in by itself, from its `GET /info` answer; what is absent is taken for the engine's own default. */
export interface EngineDefaults {
  info?: unknown;
}

/**
 * Reads the answers of `GET /containers/{id}/json` and `GET /images/{id}/json`. What the engine fills in by itself is left out.
 * A health check or an entrypoint of several words, which only the API can set, becomes the nearest that a line can say.
 */
export function fromInspect(container: unknown, image: unknown, { info }: EngineDefaults = {}): RunOptions {
  const own = fields(fields(image).Config);
  const inspect = likeDocker(fields(container), own);
  const config = fields(inspect.Config);
  const host = fields(inspect.HostConfig);
  const engine = fields(info);
  return compact({
    image: text(config.Image),
    name: text(inspect.Name).replace(/^\//, ''),
    ...programOf(config, own),
    ...streamsOf(config),
    ...environmentOf(inspect, config, host, own, engine),
    ...inspectedNetwork(inspect, config, host, engine),
    ...inspectedMounts(config, host, own),
    ...healthOf(fields(config.Healthcheck), fields(own.Healthcheck)),
    ...securityOf(host, engine),
    ...inspectedResources(host),
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
  const isDefault = attached.stdout === true && attached.stderr === true && (attached.stdin === true) === stdin;
  return {
    ...(stdin && tty ? { interactive: true } : { stdin, tty }),
    ...(streams.length === 0 ? { detach: true } : !isDefault && { attach: streams }),
  };
}

function environmentOf(
  inspect: Fields,
  config: Fields,
  host: Fields,
  own: Fields,
  engine: Fields,
): Partial<RunOptions> {
  const ownEnv = new Set(texts(own.Env));
  const ownLabels = textMap(own.Labels);
  const labels = Object.entries(textMap(config.Labels)).filter(([name, value]) => ownLabels[name] !== value);
  const log = fields(host.LogConfig);
  const restart = fields(host.RestartPolicy);
  const count = number(restart.MaximumRetryCount);
  return {
    env: lastOfEach(texts(config.Env)).filter((variable) => !ownEnv.has(variable)),
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

/** The variables, each name once: a file and the line may both have given it, and the last one counts. */
function lastOfEach(variables: readonly string[]): string[] {
  return [...new Map(variables.map((variable) => [pairOf(variable)[0], variable])).values()];
}

/** The engine names a container after its id, and one in the host's network or UTS namespace after the host. */
function hostnameOf(inspect: Fields, config: Fields, host: Fields, engine: Fields): string {
  const hostname = text(config.Hostname);
  const isShared = host.NetworkMode === 'host' || host.UTSMode === 'host';
  return hostname === text(inspect.Id).slice(0, 12) || (isShared && hostname === (text(engine.Name) || hostname))
    ? ''
    : hostname;
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
    healthCmd: same(test, texts(own.Test)) ? '' : healthCommand(test),
    healthInterval: duration('Interval'),
    healthTimeout: duration('Timeout'),
    healthStartPeriod: duration('StartPeriod'),
    healthStartInterval: duration('StartInterval'),
    ...(retries && retries !== number(own.Retries) && { healthRetries: retries }),
  };
}

/** The check as a line for the shell, which is all that `--health-cmd` can say. */
function healthCommand([form, ...words]: readonly string[]): string {
  return form === 'CMD' ? joinWords(words) : words.join(' ');
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

/** Leaves out what says nothing: empty texts, lists and maps, and switches that are off (but `init`, which has three states). */
function compact(options: RunOptions): RunOptions {
  const says = ([name, value]: [string, unknown]) =>
    value !== undefined &&
    value !== '' &&
    (value !== false || name === 'init') &&
    !(typeof value === 'object' && value !== null && Object.keys(value).length === 0);
  return Object.fromEntries(
    Object.entries(options).filter((entry) => entry[0] === 'image' || says(entry)),
  ) as unknown as RunOptions;
}
