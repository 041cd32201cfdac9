// Run options as the engine's API wants them: the body of `POST /containers/create`, as the docker client (28) sends it.

import { isOlder } from '../../apiVersion.ts';
import { UserError } from '../../errors.ts';
import { t } from '../../l10n.ts';
import { checkObjectName } from '../../objectName.ts';
import { seccompFile } from '../clientFiles.ts';
import type { RunOptions } from '../options.ts';
import { badValue, durationOf, shown } from '../parse.ts';
import { mountsOf } from './mounts.ts';
import { networkOf } from './networks.ts';
import { portsOf } from './ports.ts';
import { resourcesOf } from './resources.ts';

/** The request's JSON. Limits, mounts and networks stand in its HostConfig (Docker Engine API, ContainerCreate). */
export interface CreateBody extends Record<string, unknown> {
  HostConfig: Record<string, unknown>;
}

/**
 * Translates the options. `name` and `platform` go into the request's address, `body` is its JSON.
 * `apiVersion` is the engine's; without it, the form that old engines know is taken.
 * Throws a UserError that names the value and the right form.
 */
export function createBody(
  options: RunOptions,
  { apiVersion }: { apiVersion?: string } = {},
): { body: CreateBody; name?: string; platform?: string } {
  const { name, image, platform } = options;
  if (!image.trim()) {
    throw new UserError('bad-image', t('Name the image that the container is to run.'));
  }
  const badName = name ? checkObjectName(name) : undefined;
  if (badName !== undefined) {
    throw badValue('bad-name', badName);
  }
  const unread = [...(options.envFiles ?? []), ...(options.labelFiles ?? [])][0];
  if (unread !== undefined) {
    throw badValue('unread-file', t('The file {0} was not read. Give its content instead.', shown(unread)));
  }
  checkVersion(options, apiVersion);
  const ports = portsOf(options);
  const mounts = mountsOf(options);
  const network = networkOf(options, apiVersion);
  const health = healthOf(options);
  const body = {
    Image: image.trim(),
    ...(options.command?.length && { Cmd: options.command }),
    ...(options.entrypoint && { Entrypoint: options.entrypoint }),
    ...(options.env?.length && { Env: options.env.map(checkVariable) }),
    Labels: checkLabels(options.labels ?? {}),
    ...(options.user && { User: options.user }),
    ...(options.workdir && { WorkingDir: options.workdir }),
    ...(options.hostname && { Hostname: options.hostname }),
    ...(options.domainname && { Domainname: options.domainname }),
    ...streamsOf(options),
    ...(options.stopSignal && { StopSignal: options.stopSignal }),
    ...(options.stopTimeout !== undefined && { StopTimeout: options.stopTimeout }),
    ...(health && { Healthcheck: health }),
    ...ports.config,
    ...mounts.config,
    ...network.config,
    HostConfig: {
      ...ports.host,
      ...mounts.host,
      ...network.host,
      ...resourcesOf(options, apiVersion),
      ...securityOf(options),
      RestartPolicy: restartOf(options),
      LogConfig: logOf(options),
      ...(options.remove && { AutoRemove: true }),
      ...(options.readOnly && { ReadonlyRootfs: true }),
      ...(options.init !== undefined && { Init: options.init }),
      ...(options.groups?.length && { GroupAdd: options.groups }),
      ...(options.storageOptions && { StorageOpt: options.storageOptions }),
      ...(options.annotations && { Annotations: options.annotations }),
      ...(options.runtime && { Runtime: options.runtime }),
      ...(options.isolation && { Isolation: options.isolation }),
    },
    NetworkingConfig: network.networking,
  };
  return { body, ...(name && { name }), ...(platform && { platform }) };
}

/** An older engine would leave these out without a word. */
function checkVersion(
  { annotations, healthStartInterval, mounts = [], otherNetworks = [] }: RunOptions,
  apiVersion: string | undefined,
): void {
  const needed: [unknown, string, string][] = [
    [annotations, '--annotation', '1.43'],
    [otherNetworks.length, '--network … --network …', '1.44'],
    [healthStartInterval, '--health-start-interval', '1.44'],
    [mounts.some((mount) => /bind-recursive=readonly/i.test(mount)), 'bind-recursive=readonly', '1.44'],
    [mounts.some((mount) => /volume-subpath=/i.test(mount)), 'volume-subpath', '1.45'],
    [mounts.some((mount) => /type=image/i.test(mount)), 'type=image', '1.48'],
  ];
  const [, what, version] = needed.find(([used, , least]) => used && apiVersion && isOlder(apiVersion, least)) ?? [];
  if (what !== undefined && version !== undefined) {
    throw badValue(
      'old-engine',
      t(
        '{0} needs an engine with API {1} or newer; this one has {2}. Update the engine, or remove the option.',
        what,
        version,
        apiVersion ?? '',
      ),
    );
  }
}

/** Standard input, the terminal, and what the creator says to attach to; a detached container is attached to nothing. */
function streamsOf(options: RunOptions) {
  const { interactive = false, stdin = interactive, tty = interactive, detach } = options;
  const attach = options.attach?.map((stream) => stream.toLowerCase()) ?? [];
  const wrong = attach.find((stream) => !/^std(?:in|out|err)$/.test(stream));
  if (wrong !== undefined) {
    throw badValue('bad-attach', t('"{0}" is not a stream. Use stdin, stdout or stderr.', shown(wrong)));
  }
  if (detach && attach.length > 0) {
    throw badValue(
      'bad-attach',
      t('A container is either attached to or started in the background: remove --attach or --detach.'),
    );
  }
  const attachStdin = !detach && (stdin || attach.includes('stdin'));
  const isAttached = (stream: string) => !detach && (attach.length === 0 || attach.includes(stream));
  return {
    Tty: tty,
    OpenStdin: stdin,
    StdinOnce: stdin && attachStdin,
    AttachStdin: attachStdin,
    AttachStdout: isAttached('stdout'),
    AttachStderr: isAttached('stderr'),
  };
}

function healthOf(options: RunOptions): object | undefined {
  const { healthCmd, healthRetries = 0 } = options;
  const [interval, timeout, startPeriod, startInterval] = [
    durationOf(options.healthInterval || '0', '--health-interval'),
    durationOf(options.healthTimeout || '0', '--health-timeout'),
    durationOf(options.healthStartPeriod || '0', '--health-start-period'),
    durationOf(options.healthStartInterval || '0', '--health-start-interval'),
  ];
  const health = {
    ...(healthCmd && { Test: ['CMD-SHELL', healthCmd] }),
    ...(interval && { Interval: interval }),
    ...(timeout && { Timeout: timeout }),
    ...(startPeriod && { StartPeriod: startPeriod }),
    ...(startInterval && { StartInterval: startInterval }),
    ...(healthRetries && { Retries: healthRetries }),
  };
  const isEmpty = Object.keys(health).length === 0;
  if (options.noHealthcheck && !isEmpty) {
    throw badValue(
      'bad-health',
      t('--no-healthcheck and the other options of the health check exclude one another. Remove one of them.'),
    );
  }
  return options.noHealthcheck ? { Test: ['NONE'] } : isEmpty ? undefined : health;
}

/** Privileges, capabilities and namespaces. */
function securityOf(options: RunOptions) {
  const security = options.securityOptions ?? [];
  const wrong = security.find((option) => option !== 'no-new-privileges' && !/[=:]/.test(option));
  if (wrong !== undefined) {
    throw badValue(
      'bad-security',
      t('"{0}" is not a security option. Write no-new-privileges, or for example apparmor=unconfined.', shown(wrong)),
    );
  }
  const profile = security.map(seccompFile).find((file) => file !== undefined);
  if (profile !== undefined) {
    throw badValue('unread-file', t('The file {0} was not read. Give its content instead.', shown(profile)));
  }
  const unconfined = security.includes('systempaths=unconfined');
  const rest = security.filter((option) => option !== 'systempaths=unconfined');
  const added = capabilities(options.capAdd);
  const dropped = capabilities(options.capDrop);
  return {
    ...(options.privileged && { Privileged: true }),
    ...(added.length > 0 && { CapAdd: added }),
    ...(dropped.length > 0 && { CapDrop: dropped }),
    ...(security.length > 0 && { SecurityOpt: rest }),
    // The client's own way to open what the engine hides of /proc and /sys.
    ...(unconfined && { MaskedPaths: [], ReadonlyPaths: [] }),
    ...(options.sysctls && { Sysctls: options.sysctls }),
    ...(options.userns && { UsernsMode: options.userns }),
    ...(options.cgroupns && { CgroupnsMode: options.cgroupns }),
    ...(options.ipc && { IpcMode: options.ipc }),
    ...(options.pid && { PidMode: options.pid }),
    ...(options.uts && { UTSMode: options.uts }),
  };
}

/** Capabilities as the client sends them: with the prefix, once each, sorted; ALL stands for every other. */
function capabilities(names: readonly string[] = []): string[] {
  const all = names
    .map((name) => name.trim().toUpperCase())
    .map((name) => (name === 'ALL' ? name : name.replace(/^(?:CAP_)?/, 'CAP_')));
  return all.includes('ALL') ? ['ALL'] : [...new Set(all)].sort();
}

function restartOf({ restart = 'no', remove }: RunOptions): { Name: string; MaximumRetryCount: number } {
  const [, name, count = ''] = /^(no|always|unless-stopped|on-failure|)(?::(\d*))?$/.exec(restart) ?? [];
  if (name === undefined || (count !== '' && name !== 'on-failure')) {
    throw badValue(
      'bad-restart',
      t(
        '"{0}" is not a restart policy. Use no, always, unless-stopped or on-failure, which may have a limit: on-failure:3.',
        shown(restart),
      ),
    );
  }
  if (remove && name !== 'no' && name !== '') {
    throw badValue(
      'bad-restart',
      t('A container that is removed when it ends (--rm) cannot be restarted (--restart). Remove one of the two.'),
    );
  }
  return { Name: name, MaximumRetryCount: Number(count) };
}

function logOf({ logDriver = '', logOptions = {} }: RunOptions): { Type: string; Config: Record<string, string> } {
  if (logDriver === 'none' && Object.keys(logOptions).length > 0) {
    throw badValue('bad-log', t('The log driver "none" has no options. Remove --log-opt.'));
  }
  return { Type: logDriver, Config: logOptions };
}

function checkVariable(text: string): string {
  if (!/^[^=]/.test(text)) {
    throw badValue('bad-env', t('"{0}" is not an environment variable. Write NAME=value.', shown(text)));
  }
  return text;
}

function checkLabels(labels: Record<string, string>): Record<string, string> {
  const wrong = Object.keys(labels).find((name) => name.trim() === '' || /[ \t]/.test(name));
  if (wrong !== undefined) {
    throw badValue(
      'bad-label',
      t('"{0}" is not the name of a label. The name must not be empty or contain spaces.', shown(wrong)),
    );
  }
  return labels;
}
