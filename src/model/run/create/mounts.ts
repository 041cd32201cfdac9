// Volumes, mounts and temporary file systems of run options as the engine's API wants them.
import { t } from '../../l10n.ts';
import type { RunOptions } from '../options.ts';
import { badValue, booleanOf, fieldsOf, mapOf, pairOf, shown, sizeOf } from '../parse.ts';

/** The parts of a create request that speak of volumes and mounts. */
export function mountsOf(options: RunOptions) {
  const volumes = (options.volumes ?? []).map(parseVolume);
  const anonymous = volumes.flatMap(({ source, target }) => (source === undefined ? [[target, {}]] : []));
  const binds = volumes.flatMap(({ source, target, mode }) =>
    source === undefined ? [] : [[source, target, ...(mode ? [mode] : [])].join(':')],
  );
  return {
    config: { Volumes: Object.fromEntries(anonymous) as Record<string, object> },
    host: {
      ...(binds.length > 0 && { Binds: [...new Set(binds)] }),
      ...(options.mounts?.length && { Mounts: options.mounts.map(parseMount) }),
      ...(options.tmpfs?.length && { Tmpfs: Object.fromEntries(options.tmpfs.map(parseTmpfs)) }),
      ...(options.volumesFrom?.length && { VolumesFrom: options.volumesFrom }),
      ...(options.volumeDriver && { VolumeDriver: options.volumeDriver }),
    },
  };
}

/**
 * Reads what stands after `-v`: `[source:]target[:mode,…]`, where the source is an absolute path or the name of a volume.
 * Paths of Windows, with a drive or a pipe, are told apart from the colons.
 */
export function parseVolume(text: string): { source?: string; target: string; mode?: string } {
  const parts = splitVolume(text.trim());
  const [first = '', second, mode, ...more] = parts;
  const problem =
    text.trim().endsWith(':') ||
    parts.some((part) => part === '') ||
    more.length > 0 ||
    (mode !== undefined && !isMode(mode))
      ? 'form'
      : !isAbsolute(second ?? first)
        ? 'target'
        : second !== undefined && !isAbsolute(first) && !/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(first)
          ? 'source'
          : undefined;
  switch (problem) {
    case 'form':
      throw badValue(
        'bad-volume',
        t(
          '"{0}" is not a volume. Write /host/folder:/path, volume-name:/path or /path, with :ro behind it to make it read-only.',
          shown(text),
        ),
      );
    case 'target':
      throw badValue(
        'bad-volume',
        t('The path inside the container in "{0}" must be absolute, for example data:/var/lib/data.', shown(text)),
      );
    case 'source':
      throw badValue(
        'bad-volume',
        t(
          '"{0}" names neither an absolute path of the engine\'s host nor a volume. Write the whole path, for example /home/me/data:/data.',
          shown(text),
        ),
      );
    default:
      return second === undefined ? { target: first } : { source: first, target: second, ...(mode && { mode }) };
  }
}

function splitVolume(text: string): string[] {
  // A drive's colon and the pipe's prefix belong to their part: C:\data:/data:ro, \\.\pipe\x:\\.\pipe\x.
  return (
    text
      .match(/(?:[A-Za-z]:(?=[\\/]))?[^:]*(?::|$)/g)
      ?.slice(0, -1 || undefined)
      .map((part) => part.replace(/:$/, '')) ?? []
  );
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

function parseTmpfs(text: string): [string, string] {
  const [, path = text, rest = ''] = /^([^:]*):([\s\S]*)$/.exec(text) ?? [];
  if (!isAbsolute(path)) {
    throw badValue(
      'bad-tmpfs',
      t('The path inside the container in "{0}" must be absolute, for example /run:size=64m.', shown(text)),
    );
  }
  return [path, rest];
}

/** A mount as the API has it. */
interface ApiMount {
  Type: string;
  Source?: string;
  Target: string;
  ReadOnly?: boolean;
  Consistency?: string;
  BindOptions?:
    | undefined
    | { Propagation?: string; NonRecursive?: true; ReadOnlyNonRecursive?: true; ReadOnlyForceRecursive?: true };
  VolumeOptions?: {
    NoCopy?: true;
    Labels?: Record<string, string>;
    Subpath?: string;
    DriverConfig: { Name?: string; Options?: Record<string, string> };
  };
  ImageOptions?: { Subpath: string };
  TmpfsOptions?: { SizeBytes?: number; Mode?: number };
}

const mountTypes = ['bind', 'volume', 'tmpfs', 'npipe', 'cluster', 'image'];
/** Keys that may stand without a value. */
const mountSwitches = ['readonly', 'ro', 'volume-nocopy', 'bind-nonrecursive'];
const sameKey: Record<string, string> = { src: 'source', dst: 'target', destination: 'target', ro: 'readonly' };

/** Reads what stands after `--mount`: fields `key=value` with commas between them (docker client reference, "Add bind mounts, volumes or memory filesystems"). */
export function parseMount(text: string): ApiMount {
  const fields = fieldsOf(text);
  if (!fields) {
    throw mountProblem(text, t('A quote is not closed.'));
  }
  const mount: ApiMount = { Type: 'volume', Target: '' };
  const labels: string[] = [];
  const driverOptions: string[] = [];
  const volumeOptions = () => {
    // The client sends a driver's settings with every other setting of a volume, be they empty.
    mount.VolumeOptions ??= { DriverConfig: {} };
    return mount.VolumeOptions;
  };
  for (const field of fields) {
    const [name, given] = pairOf(field);
    const lower = name.toLowerCase();
    const key = sameKey[lower] ?? lower;
    if (given === undefined && !mountSwitches.includes(lower)) {
      throw mountProblem(text, t('"{0}" is not key=value.', shown(field)));
    }
    const value = given ?? 'true';
    const isOn = () => {
      const on = booleanOf(value);
      if (on === undefined) {
        throw mountProblem(text, t('"{0}" is neither true nor false.', shown(value)));
      }
      return on;
    };
    switch (key) {
      case 'type':
        mount.Type = value.toLowerCase();
        break;
      case 'source':
        mount.Source = value;
        break;
      case 'target':
        mount.Target = value;
        break;
      case 'readonly':
        mount.ReadOnly = isOn();
        break;
      case 'consistency':
        mount.Consistency = value.toLowerCase();
        break;
      case 'bind-propagation':
        mount.BindOptions = { ...mount.BindOptions, Propagation: value.toLowerCase() };
        break;
      case 'bind-nonrecursive':
        mount.BindOptions = { ...mount.BindOptions, ...(isOn() && { NonRecursive: true }) };
        break;
      case 'bind-recursive':
        mount.BindOptions =
          value === 'enabled' ? mount.BindOptions : { ...mount.BindOptions, ...recursion(value, text) };
        break;
      case 'volume-nocopy':
        mount.VolumeOptions = { ...volumeOptions(), ...(isOn() && { NoCopy: true }) };
        break;
      case 'volume-subpath':
        mount.VolumeOptions = { ...volumeOptions(), Subpath: value };
        break;
      case 'volume-label':
        labels.push(value);
        mount.VolumeOptions = { ...volumeOptions(), Labels: mapOf(labels) };
        break;
      case 'volume-driver':
        volumeOptions().DriverConfig.Name = value;
        break;
      case 'volume-opt':
        driverOptions.push(value);
        volumeOptions().DriverConfig.Options = mapOf(driverOptions);
        break;
      case 'image-subpath':
        mount.ImageOptions = { Subpath: value };
        break;
      case 'tmpfs-size':
        mount.TmpfsOptions = { ...mount.TmpfsOptions, SizeBytes: sizeOf(value, 'tmpfs-size') };
        break;
      case 'tmpfs-mode':
        if (!/^[0-7]+$/.test(value)) {
          throw mountProblem(text, t('"{0}" is not a file mode such as 1770.', shown(value)));
        }
        mount.TmpfsOptions = { ...mount.TmpfsOptions, Mode: Number.parseInt(value, 8) };
        break;
      default:
        throw mountProblem(text, t('The key "{0}" is not known.', shown(name)));
    }
  }
  return checkMount(mount, text);
}

function checkMount(mount: ApiMount, text: string): ApiMount {
  if (!mountTypes.includes(mount.Type)) {
    throw mountProblem(text, t('The type "{0}" is not known.', shown(mount.Type)));
  }
  if (mount.Target === '') {
    throw mountProblem(text, t('It has no target.'));
  }
  const optionsOf = {
    bind: mount.BindOptions,
    volume: mount.VolumeOptions,
    tmpfs: mount.TmpfsOptions,
    image: mount.ImageOptions,
  };
  const foreign = Object.entries(optionsOf).find(([type, value]) => value && type !== mount.Type);
  if (foreign) {
    throw mountProblem(text, t('It mixes the type {0} with options of {1}.', mount.Type, foreign[0]));
  }
  const { BindOptions: bind, ReadOnly: readOnly } = mount;
  if ((bind?.ReadOnlyNonRecursive || bind?.ReadOnlyForceRecursive) && !readOnly) {
    throw mountProblem(text, t('This value of bind-recursive needs readonly.'));
  }
  if (bind?.ReadOnlyForceRecursive && bind.Propagation !== 'rprivate') {
    throw mountProblem(text, t('The value bind-recursive=readonly needs bind-propagation=rprivate.'));
  }
  return mount;
}

function recursion(value: string, text: string): NonNullable<ApiMount['BindOptions']> {
  switch (value) {
    case 'disabled':
      return { NonRecursive: true };
    case 'writable':
      return { ReadOnlyNonRecursive: true };
    case 'readonly':
      return { ReadOnlyForceRecursive: true };
    default:
      throw mountProblem(text, t('The value of bind-recursive is one of enabled, disabled, writable and readonly.'));
  }
}

function mountProblem(text: string, reason: string) {
  return badValue(
    'bad-mount',
    t('"{0}" is not a mount. {1} Write for example type=bind,source=/host,target=/path,readonly.', shown(text), reason),
  );
}
