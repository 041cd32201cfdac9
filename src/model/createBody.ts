// Run options as the engine's API wants them: the body of `POST /containers/create`.
import { UserError } from './errors.ts';
import { t } from './l10n.ts';
import type { RunOptions } from './runOptions.ts';
import { plain } from './text.ts';

/** A port of the container, and where it is published. */
interface PortMapping {
  /** `80/tcp`. */
  container: string;
  /** Empty for any address. */
  address: string;
  /** A port, a range of which the engine takes a free one (`8000-8010`), or empty for any free port. */
  host: string;
}

/**
 * Translates the options. `name` and `platform` go into the request's address, `body` is its JSON.
 * Throws a UserError that names the value and the right form.
 */
export function createBody(options: RunOptions): { body: object; name?: string; platform?: string } {
  const { name, image, interactive = false, platform } = options;
  if (!image.trim()) {
    throw new UserError('bad-image', t('Name the image that the container is to run.'));
  }
  if (name !== undefined && !/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) {
    throw wrong('bad-name', t('"{0}" is not a container name. Use letters, digits, "_", "." and "-", and at least two of them; the first must be a letter or a digit.', shown(name)));
  }
  const ports = (options.ports ?? []).flatMap(parsePort);
  const volumes = (options.volumes ?? []).map(parseVolume);
  const anonymous = volumes.filter(({ source }) => source === undefined).map(({ target }) => target);
  const binds = volumes.flatMap(({ source, target, mode }) =>
    source === undefined ? [] : [[source, target, ...(mode ? [mode] : [])].join(':')],
  );
  const body = {
    Image: image.trim(),
    ...(options.command?.length && { Cmd: options.command }),
    ...(options.entrypoint && { Entrypoint: options.entrypoint }),
    ...(options.env?.length && { Env: options.env.map(checkVariable) }),
    ...(options.labels && { Labels: options.labels }),
    ...(options.user && { User: options.user }),
    ...(options.workdir && { WorkingDir: options.workdir }),
    ...(options.hostname && { Hostname: options.hostname }),
    ...(ports.length > 0 && { ExposedPorts: Object.fromEntries(ports.map(({ container }) => [container, {}])) }),
    ...(anonymous.length > 0 && { Volumes: Object.fromEntries(anonymous.map((target) => [target, {}])) }),
    Tty: interactive,
    OpenStdin: interactive,
    StdinOnce: interactive,
    AttachStdin: interactive,
    AttachStdout: true,
    AttachStderr: true,
    HostConfig: {
      ...(binds.length > 0 && { Binds: binds }),
      ...(ports.length > 0 && { PortBindings: bindings(ports) }),
      ...(options.publishAll && { PublishAllPorts: true }),
      ...(options.remove && { AutoRemove: true }),
      ...(options.restart && { RestartPolicy: parseRestart(options.restart) }),
      ...(options.network && { NetworkMode: options.network }),
    },
  };
  return { body, ...(name !== undefined && { name }), ...(platform && { platform }) };
}

/**
 * Reads what stands after `-p`: `[[address:][host]:]container[/protocol]`, each port a number or a range.
 * Ranges of the same length are paired; one container port with a range of host ports takes a free one of these.
 */
export function parsePort(text: string): PortMapping[] {
  const parts = /^(?:(?:(\[[0-9a-fA-F:.]+\]|[^:[\]]*):)?([0-9-]*):)?([0-9-]+)(?:\/(tcp|udp|sctp))?$/i.exec(text.trim());
  const [, address = '', hostText = '', containerText = '', protocol = 'tcp'] = parts ?? [];
  const container = range(containerText);
  const host = hostText === '' ? undefined : range(hostText);
  if (!parts || !container || (hostText !== '' && !host) || !isAddress(address)) {
    throw wrong('bad-port', t('"{0}" is not a port mapping. Write host:container, for example 8080:80, 127.0.0.1:8080:80, 8000-8005:8000-8005 or 53:53/udp; 80 alone takes a free host port.', shown(text)));
  }
  const [first, last] = container;
  const length = last - first;
  if (host && host[1] - host[0] !== length && length > 0) {
    throw wrong('bad-port', t('The port ranges in "{0}" differ in length. Write ranges of the same length, for example 8000-8005:9000-9005.', shown(text)));
  }
  return Array.from({ length: length + 1 }, (_, index) => ({
    container: `${first + index}/${protocol.toLowerCase()}`,
    address: address.replace(/^\[|\]$/g, ''),
    host: !host ? '' : length === 0 && host[1] > host[0] ? `${host[0]}-${host[1]}` : String(host[0] + index),
  }));
}

/**
 * Reads what stands after `-v`: `[source:]target[:mode,…]`, where the source is an absolute path or the name of a volume.
 * Paths of Windows, with a drive or a pipe, are told apart from the colons.
 */
export function parseVolume(text: string): { source?: string; target: string; mode?: string } {
  const parts = splitVolume(text.trim());
  const [first = '', second, mode, ...more] = parts;
  const problem =
    parts.some((part) => part === '') || more.length > 0 || (mode !== undefined && !isMode(mode))
      ? 'form'
      : !isAbsolute(second ?? first)
        ? 'target'
        : second !== undefined && !isAbsolute(first) && !/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(first)
          ? 'source'
          : undefined;
  switch (problem) {
    case 'form':
      throw wrong('bad-volume', t('"{0}" is not a volume. Write /host/folder:/path, volume-name:/path or /path, with :ro behind it to make it read-only.', shown(text)));
    case 'target':
      throw wrong('bad-volume', t('The path inside the container in "{0}" must be absolute, for example data:/var/lib/data.', shown(text)));
    case 'source':
      throw wrong('bad-volume', t('"{0}" names neither an absolute path of the engine\'s host nor a volume. Write the whole path, for example /home/me/data:/data.', shown(text)));
    default:
      return second === undefined ? { target: first } : { source: first, target: second, ...(mode && { mode }) };
  }
}

function parseRestart(text: string): { Name: string; MaximumRetryCount?: number } {
  const [, name, count] = /^(no|always|unless-stopped|on-failure)(?::(\d+))?$/.exec(text) ?? [];
  if (!name || (count !== undefined && name !== 'on-failure')) {
    throw wrong('bad-restart', t('"{0}" is not a restart policy. Use no, always, unless-stopped or on-failure, which may have a limit: on-failure:3.', shown(text)));
  }
  return { Name: name, ...(count !== undefined && { MaximumRetryCount: Number(count) }) };
}

function checkVariable(text: string): string {
  if (!/^[^=\s][^=]*(?:=|$)/.test(text)) {
    throw wrong('bad-env', t('"{0}" is not an environment variable. Write NAME=value.', shown(text)));
  }
  return text;
}

function bindings(ports: readonly PortMapping[]): Record<string, { HostIp: string; HostPort: string }[]> {
  const all: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const { container, address, host } of ports) {
    all[container] ??= [];
    all[container].push({ HostIp: address, HostPort: host });
  }
  return all;
}

/** First and last port, or undefined for what is no port or range. */
function range(text: string): [number, number] | undefined {
  const [, first = '', last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const [from, to] = [Number(first), Number(last || first)];
  return first !== '' && from >= 1 && to >= from && to <= 65_535 ? [from, to] : undefined;
}

function isAddress(text: string): boolean {
  const bytes = text.split('.');
  return text === '' || /^\[.+\]$/.test(text) || (bytes.length === 4 && bytes.every((byte) => /^\d{1,3}$/.test(byte) && Number(byte) < 256));
}

function splitVolume(text: string): string[] {
  // A drive's colon and the pipe's prefix belong to their part: C:\data:/data:ro, \\.\pipe\x:\\.\pipe\x.
  return text.match(/(?:[A-Za-z]:(?=[\\/]))?[^:]*(?::|$)/g)?.slice(0, -1 || undefined).map((part) => part.replace(/:$/, '')) ?? [];
}

function isAbsolute(path: string): boolean {
  return /^(?:\/|[A-Za-z]:[\\/]|\\\\|\/\/\.\/pipe\/)/.test(path);
}

const modes = new Set(
  'ro rw z Z nocopy consistent cached delegated shared slave private rshared rslave rprivate'.split(' '),
);

function isMode(text: string): boolean {
  return text.split(',').every((mode) => modes.has(mode));
}

function wrong(code: string, sentence: string): UserError {
  return new UserError(code, sentence);
}

function shown(text: string): string {
  return plain(text, 120);
}
